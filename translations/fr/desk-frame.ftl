# What stands around every page of the desk.
skip = Aller au contenu
menu = Menu
menu-all = Toutes les pages
menu-more = Plus
tab-situation = Situation
tab-alarms = Alertes
tab-reports = Signalements
tab-campaigns = Campagnes
tab-network = Réseau
tab-incidents = Incidents
tab-notices = Notices
tab-received = Reçues
tab-exchange = Échange
tab-sources = Sources
tab-members = Membres
tab-rules = Règles
tab-users = Utilisateurs
tab-audit = Journal d’audit
tab-account = Votre compte
tab-language = Langue
tab-check = Vérifier une offre d’emploi
user-local = Cet ordinateur
sign-out = Se déconnecter
theme = Apparence
theme-auto = Comme le système
theme-light = Clair
theme-dark = Sombre
independent = Forewarn est indépendant. Il ne relève ni d’INTERPOL ni d’aucun service ; les couleurs des notices suivent la convention publique.
found-count = { $count ->
    [one] { $count } résultat
   *[other] { $count } résultats
}
page-next = Suivant
page-previous = Précédent
day-in-words = { $day } { $month } { $year }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
