# The network: identifiers, campaigns and reports, and what ties them.
network-lead = Ce qui est lié à un identifiant, avec les signalements qui prouvent chaque lien.
network-search = Téléphone, compte, site, portefeuille, ou numéro d’un signalement ou d’une campagne
network-steps = Pas
network-step = Pas
network-look = Chercher
network-from = Du
network-until = Au
network-unknown = Rien de ce que vous pouvez voir ne nomme « { $text } ». Écrivez un téléphone ainsi : +447700900123, un compte ainsi : @nom.
network-nothing-tied = Rien n’est lié ici, d’après ce que vous pouvez voir.
network-begin = Par où commencer
network-begin-none = Il n’y a pas encore de campagne. Cherchez un identifiant ci-dessus dès que des signalements sont entrés.
network-begin-campaigns = Les plus grandes campagnes
network-reports = { $count ->
    [one] { $count } signalement
   *[other] { $count } signalements
}
network-reports-head = Signalements
network-way = Ce qui relie deux éléments
network-way-from = De
network-way-to = À
network-way-find = Trouver le chemin
network-way-choose = Choisissez l’autre bout dans l’image ou dans le tableau. Départ :
network-way-start = Chemin depuis ici…
network-way-steps = { $count ->
    [one] { $count } pas.
   *[other] { $count } pas.
}
network-no-way = Rien ne relie les deux, d’après ce que vous pouvez voir.
network-loading = Chargement …
network-incomplete = Il y a plus que ce qui est montré ici.
network-failed = Cela n’a pas fonctionné.
network-no-picture = Ce navigateur ne peut pas dessiner l’image (WebGL est désactivé). Les tableaux ci-dessous montrent la même chose.
network-tools = Outils de l’image
network-zoom-in = Plus près
network-zoom-out = Plus loin
network-fit = Tout montrer
network-settle = Réarranger
network-unhide = Montrer ce qui est masqué
network-find = Trouver dans ce réseau
network-picture = Image du réseau ; les tableaux ci-dessous montrent la même chose
network-keys = Un clic choisit, un double clic ou Entrée déploie, glisser épingle. Les flèches déplacent, + et − agrandissent ou réduisent, Échap lâche.
network-row-keys = Dans une ligne : E déploie, H masque, P épingle, W commence un chemin, les flèches montent et descendent.
network-leave-out = Laisser de côté
network-apply = Appliquer
network-nodes = Nœuds
network-node = Nœud
network-kind = Type
network-ties = Liens
network-acts = Actions
network-expand = Déployer
network-hide = Masquer
network-pin = Épingler ou libérer
network-release = Ne rien choisir
network-more-rows = Plus de lignes
network-tie-from = De
network-tie-to = À
network-strength = Force
network-strength-of = Force { $strength }
network-days = Jours
network-panel = Choisissez un nœud ou un lien, dans l’image ou dans un tableau, pour en voir ici les preuves.
network-evidence = Preuves du lien
network-latest = Derniers signalements
network-proofs-more = { $count ->
    [one] et { $count } autre signalement
   *[other] et { $count } autres signalements
}
network-shared-by = { $count ->
    [one] nommé par { $count } groupe indépendant
   *[other] partagé par { $count } groupes indépendants
}
network-open = Ouvrir
network-centre = Mettre au centre
network-mark = Marquer ce lien comme faux
network-mark-hint = Il quitte le réseau et tout ce qui en découle, jusqu’à ce que la marque soit retirée. Votre nom et votre raison restent consignés.
network-why = Pourquoi
network-marked = Marqués comme faux
network-take-back = Retirer la marque
network-common = { $count ->
    [one] { $count } valeur qui ne lie personne
   *[other] { $count } valeurs qui ne lient personne
}
network-common-why = Trop de signalements sans rapport entre eux la nomment : elle ne lie personne.
network-listed = Elle figure sur une liste de valeurs courantes et ne lie personne : { $list }.
network-save = Enregistrer cette vue
network-view-name = Nom
network-share-view = D’autres personnes de même habilitation peuvent l’ouvrir
network-save-button = Enregistrer
network-views = Vues enregistrées
network-shared = partagée
network-remove = Supprimer
network-remove-view = Supprimer la vue « { $name } » ?
network-export = Extraire
network-kind-phone = Téléphone
network-kind-email = Courriel
network-kind-url = Adresse web
network-kind-domain = Site
network-kind-iban = Compte bancaire
network-kind-handle = Compte
network-kind-handle-of = { $name }
network-kind-crypto-of = Portefeuille : { $name }
network-kind-report = Signalement
network-kind-campaign = Campagne
network-tie-names = nomme
network-tie-member-of = appartient à
network-tie-part-of = fait partie de
network-tie-pays-to = paie vers
network-report-job-ad = Offre d’emploi
network-report-chat = Conversation
network-report-scam-report = Signalement de fraude
network-report-testimony = Témoignage
network-report-news = Article de presse
network-report-advisory = Mise en garde
done-network-marked = Marqué comme faux : le lien est sorti du réseau.
done-network-unmarked = La marque est retirée.
done-network-saved = La vue est enregistrée.
done-network-removed = La vue est supprimée.
