# Sources et règles.
sources-lead = Ce qui a été apporté, d’où et quand, et ce qu’il en est advenu.
sources-empty = Rien n’a encore été apporté
sources-empty-hint = Sur la machine même :
source-input = Source
source-started = Quand
source-accepted = Nouveaux
source-duplicates = Connus
source-refused = Refusés
source-state = État
source-ended = lu jusqu’au bout
source-broken-off = interrompu après la ligne { $line }
owners = À qui appartiennent les sources
owners-lead = Ce qu’une source d’une organisation apporte sous AMBER+STRICT ou RED n’est vu que par les personnes de cette organisation, ou habilitées nommément pour elle, et ne sort jamais. Une source sans organisation ne suit que le marquage.
owner-source-hint = Telle qu’elle figure dans la liste. Il peut s’agir d’une source dont rien n’est encore venu.
owner-organisation-hint = Telle que les utilisateurs l’ont. Laissée vide, la source n’appartient à personne.
owner-none = personne
owner-change = Modifier
owners-next = Autres sources
done-source-owned = L’appartenance a été enregistrée ; ce que la source a apporté est montré en conséquence.
rules-lead = { $count ->
    [one] { $count } signe est recherché.
   *[other] { $count } signes sont recherchés.
}
rules-version = Version { $version }.
rules-check = Vérifier les règles du dossier de données
rules-reload = Relire les règles
rules-checked = Ce que la vérification a trouvé
rules-hold = { $count ->
    [one] Les règles sont utilisables : { $count } signe.
   *[other] Les règles sont utilisables : { $count } signes.
}
rules-broken = Il y a des erreurs : ces règles ne seraient pas utilisées, les anciennes restent.
rules-try = Essayer un texte
rules-text = Texte d’une offre
rules-text-hint = Il n’est pas conservé.
rules-try-do = Montrer les signes
rules-found = { $count ->
    [one] { $count } passage
   *[other] { $count } passages
}
rules-found-none = Aucune règle ne correspond à ce texte.
rules-indicator = Signe
rules-indicators = Signes
rules-words = Mots
rules-pattern = Règle
rules-what = Ce qui compte
rules-why = Pourquoi
rules-means = Pour qui cherche un emploi
rules-source = Source
done-rules-reloaded = Les règles ont été relues.
