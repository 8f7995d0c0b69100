# Campagnes : la liste et la fiche.
campaign-lead = Des annonces écrites d’après un même modèle. Tous les nombres portent sur ce que vous pouvez voir.
campaign-none = Aucune campagne
campaign-none-here = Un autre pays ou une autre langue en a.
campaign-none-hint = Les campagnes apparaissent quand des annonces semblables sont enregistrées.
campaign-caption = Campagnes
campaign-template = Modèle
campaign-column-size = Membres
campaign-column-growth = Croissance
campaign-column-suspicion = Suspicion
campaign-column-newest = Vu en dernier
campaign-recent = { $count } en 30 jours
campaign-since = depuis le { $day }
campaign-no-template = Le modèle n’est pas encore établi.
campaign-members = { $count ->
    [one] Campagne de { $count } signalement
   *[other] Campagne de { $count } signalements
}
campaign-growth = { $recent } sont arrivés ces 30 derniers jours, { $before } les 30 précédents.
campaign-life = Du { $first } au { $last }.
campaign-suspicion = Score le plus élevé d’un membre : { $chance }
campaign-draft = Rédiger une notice mauve
campaign-all-members = Tous les membres
campaign-template-hint = Les mots communs ; en couleur, ce qui varie. Survolez un champ pour ses valeurs ou ouvrez le tableau.
campaign-slots = Ce qui varie
campaign-slot = Champ
campaign-values = Valeurs
campaign-further = { $count ->
    [one] et { $count } autre
   *[other] et { $count } autres
}
campaign-slot-empty = { $count ->
    [one] rien dans { $count }
   *[other] rien dans { $count }
}
campaign-weeks = Membres par semaine
campaign-most = au plus { $count } en une semaine
campaign-table = Tableau
campaign-week = Semaine du
campaign-countries = Pays cités
campaign-languages = Langues
campaign-signs = Signes d’alerte
campaign-counted = Ce que citent les membres est compté sur les { $count } derniers.
campaign-first-members = Premiers membres
campaign-choose = n’en fait pas partie
campaign-split-why = Pourquoi ils n’en font pas partie
campaign-split-hint = Les membres choisis forment leur propre campagne. Cela peut être annulé.
campaign-split-do = Séparer
campaign-history = Historique
campaign-unmerge = Cette fusion est erronée
campaign-unmerge-do = Annuler la fusion
campaign-merged = { $one } s’est révélée être { $other }.
campaign-merged-wrong = { $one } et { $other } ont été fusionnées par erreur ; elles sont séparées.
campaign-split-off = { $report } a été séparé de { $one } vers { $other }.
campaign-came-back = { $report } est revenu de { $other } à { $one }.
campaign-slot-phone = téléphone
campaign-slot-handle = pseudonyme
campaign-slot-email = courriel
campaign-slot-url = adresse web
campaign-slot-account = compte
campaign-slot-place = lieu
campaign-slot-salary = salaire
campaign-slot-date = date
campaign-slot-number = nombre
campaign-slot-name = nom
campaign-slot-text = mots
done-campaign-split = Les membres sont séparés.
done-campaign-unmerged = La fusion est annulée.
