# Le journal d’audit.
audit-lead = Qui a modifié, vu, cherché et extrait quoi. Les entrées ne font que s’ajouter ; chacune est liée à la précédente.
audit-verify = Vérifier la chaîne
audit-holds = { $count ->
    [one] La chaîne tient : { $count } entrée.
   *[other] La chaîne tient : { $count } entrées, chacune à la suite de la précédente.
}
audit-broken = La chaîne est rompue à l’entrée { $number } : quelque chose y a été modifié ou retiré. Gardez le fichier tel quel, comparez-le à une sauvegarde et prévenez les responsables.
audit-actor = Qui
audit-action = Action
audit-subject = Sur quoi
audit-detail = Détail
audit-from = Du
audit-to = Au
audit-text = Mots
audit-number = Numéro
audit-at = Quand (UTC)
audit-older = Plus anciennes
audit-empty = Rien ne correspond
