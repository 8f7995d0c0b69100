# La première page : ce qui a changé cette semaine, la carte, les courbes.
situation-as-of = État des connaissances au { $day }
situation-day = État au
situation-show = Afficher
situation-today = Revenir à aujourd’hui
situation-nothing = Rien n’est encore connu
situation-nothing-hint = Ajoutez des incidents ou des signalements : cette page montrera alors où en est la tendance et ce qui est nouveau.
situation-tile-open = { $count ->
    [one] alerte ouverte
   *[other] alertes ouvertes
}
situation-tile-hubs = { $count ->
    [one] pays d’implantation
   *[other] pays d’implantation
}
situation-tile-origins = { $count ->
    [one] pays d’origine
   *[other] pays d’origine
}
situation-tile-people = personnes signalées retenues, au moins et au plus
situation-tile-reports = { $count ->
    [one] signalement reçu
   *[other] signalements reçus
}
situation-new = { $count ->
    [one] { $count } nouveau
   *[other] { $count } nouveaux
}
situation-week = Ce qui a changé depuis le { $day }
situation-quiet = Rien de nouveau n’a été connu pendant ces sept jours.
situation-quiet-last = La dernière nouvelle date du { $day }.
situation-quiet-show = Afficher la semaine précédente
situation-new-hubs = Nouveaux pays d’implantation
situation-new-origins = Nouveaux pays d’origine
situation-incidents = { $count ->
    [one] { $count } signalement
   *[other] { $count } signalements
}
situation-alarms-more = { $count ->
    [one] et une autre alerte
   *[other] et { $count } autres alertes
}
situation-events-more = { $count ->
    [one] et un autre événement
   *[other] et { $count } autres événements
}
situation-place = { $place }, { $country }
situation-open = Alertes ouvertes
situation-open-none = Aucune alerte n’est ouverte.
situation-open-all = { $count ->
    [one] Une alerte ouverte
   *[other] Les { $count } alertes ouvertes
}
situation-one-source = une seule source, non confirmée
situation-evidence = Éléments
situation-alarm-hub = Nouveau pays d’implantation : { $subject }
situation-alarm-place = Nouveau lieu : { $subject }
situation-alarm-origin = Nouveau pays d’origine : { $subject }
situation-alarm-route = Nouvelle route : { $subject }
situation-alarm-region = Nouvelle région d’implantation : { $subject }
situation-alarm-acceleration = Forte hausse des signalements : { $subject }
situation-alarm-displacement = Déplacement : { $subject }
situation-route = { $from } → { $to }
situation-kind-hub = implantation
situation-kind-place = lieu
situation-kind-origin = origine
situation-kind-route = route
situation-kind-region = région
situation-kind-acceleration = hausse
situation-kind-displacement = déplacement
situation-chance-years = { $count ->
    [one] Le hasard seul donnerait cette alerte environ une fois par an
   *[other] Le hasard seul donnerait cette alerte environ une fois en { $count } ans
}
situation-chance-years-bound = { $count ->
    [one] Le hasard seul donnerait cette alerte moins d’une fois par an
   *[other] Le hasard seul donnerait cette alerte moins d’une fois en { $count } ans
}
situation-chance-months = { $count ->
    [one] Le hasard seul donnerait cette alerte environ une fois par mois
   *[other] Le hasard seul donnerait cette alerte environ une fois en { $count } mois
}
situation-chance-months-bound = { $count ->
    [one] Le hasard seul donnerait cette alerte moins d’une fois par mois
   *[other] Le hasard seul donnerait cette alerte moins d’une fois en { $count } mois
}
situation-notice-orange = Notice orange émise
situation-notice-purple = Notice mauve émise
situation-map = Où se trouvent les centres et d’où viennent les personnes
situation-hub-reported = implantation signalée
situation-hub-confirmed = implantation confirmée par trois sources
situation-origin = des personnes viennent d’ici
situation-hubs = Pays d’implantation
situation-origins = Pays d’origine
situation-month = Mois
situation-play = Dérouler les mois
situation-pause = Pause
situation-zoom-in = Agrandir
situation-zoom-out = Réduire
situation-reset = Monde entier
situation-boundaries = Frontières telles que tracées par Natural Earth ; aucune position n’est prise sur leur statut.
situation-table = Les mêmes données en tableau
situation-country = Pays
situation-known-since = Connu depuis
situation-confirmed-since = Confirmé depuis
situation-routes = Routes comptant le plus d’événements
situation-from = De
situation-to = Vers
situation-events = Événements
situation-curve-countries = Les pays au fil du temps
situation-curve-people = Personnes signalées retenues
situation-people-note = Le plus petit et le plus grand nombre que les sources permettent : les signalements se recoupent et se contredisent. Ce n’est pas un recensement.
situation-quarters = Par trimestre, état des connaissances à sa fin
situation-growing = Campagnes en croissance
situation-growing-told = { $recent } offres ces 30 derniers jours, { $members } en tout
