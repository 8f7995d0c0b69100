# Alarms: what the watch raised, and what people made of it.
alarm-lead = Ce que la veille a signalé, d’après ce qui était connu au { $day }.
alarm-states = États
alarm-state-open = Ouvertes
alarm-state-watching = Surveillées
alarm-state-noticed = Dans une notice
alarm-state-merged = Fusionnées
alarm-state-dismissed = Écartées
alarm-state-all = Toutes
alarm-kind = Type
alarm-kind-hub = Nouveau foyer
alarm-kind-place = Nouveau lieu
alarm-kind-origin = Nouvelle origine
alarm-kind-route = Nouvelle route
alarm-kind-region = Nouvelle région
alarm-kind-acceleration = Hausse rapide
alarm-kind-displacement = Déplacement
alarm-country = Pays
alarm-any = Tous
alarm-as-of = D’après ce qui était connu le
alarm-sort = Ordre
alarm-sort-urgency = Les plus urgentes d’abord
alarm-sort-day = Les plus récentes d’abord
alarm-sort-rarity = Les plus rares par hasard d’abord
alarm-show = Afficher
alarm-pages = Pages
alarm-none = Pas encore d’alarme
alarm-none-hint = Les alarmes naissent des incidents. Importez-en ou ajoutez-en, et la veille dira ce qui est nouveau.
alarm-none-here = Rien ici
alarm-none-here-hint = Un autre état, pays ou jour a des alarmes.
alarm-headline-hub = Nouveau foyer : { $country }
alarm-headline-place = Nouveau lieu : { $place }, { $country }
alarm-headline-origin = Nouveau pays d’origine : { $country }
alarm-headline-route = Nouvelle route : { $from } – { $to }
alarm-headline-region = Nouvelle région de foyers : { $region }
alarm-headline-growth-hub = Les signalements augmentent vite : foyer { $country }
alarm-headline-growth-origin = Les signalements augmentent vite : personnes de { $country }
alarm-headline-growth-route = Les signalements augmentent vite : { $from } – { $to }
alarm-headline-growth-place = Les signalements augmentent vite : { $place }, { $country }
alarm-headline-growth-region = Les signalements augmentent vite : { $region }
alarm-headline-displacement = Déplacement : descentes en { $from }, hausse en { $to }
alarm-events = { $count ->
    [one] { $count } évènement
   *[other] { $count } évènements
}
alarm-sources = { $count ->
    [one] { $count } source indépendante
   *[other] { $count } sources indépendantes
}
alarm-behind = { $events }, { $sources }.
alarm-chance-years = { $count ->
    [one] Par hasard, environ une fois en { $count } an.
   *[other] Par hasard, environ une fois en { $count } ans.
}
alarm-chance-years-bound = { $count ->
    [one] Par hasard, moins d’une fois en { $count } an.
   *[other] Par hasard, moins d’une fois en { $count } ans.
}
alarm-chance-months = { $count ->
    [one] Par hasard, environ une fois en { $count } mois.
   *[other] Par hasard, environ une fois en { $count } mois.
}
alarm-chance-months-bound = { $count ->
    [one] Par hasard, moins d’une fois en { $count } mois.
   *[other] Par hasard, moins d’une fois en { $count } mois.
}
alarm-soundings = { $count ->
    [one] A retenti { $count } fois.
   *[other] A retenti { $count } fois.
}
alarm-incidents = { $count ->
    [one] { $count } incident derrière cette alarme
   *[other] { $count } incidents derrière cette alarme
}
alarm-draft = Rédiger une notice
alarm-past = D’après ce qui était connu au { $day }, sans rien de ce qui a été su plus tard.
alarm-today = D’après ce qui est connu aujourd’hui
alarm-merged-into = Elle est dite par cette alarme :
alarm-merged-here = Fusionnées dans cette alarme
alarm-same-subject = Autres alarmes sur le même sujet
alarm-why = Pourquoi elle a retenti
alarm-raised = A retenti le
alarm-first-known = Connu dès le
alarm-rests-on = Repose sur
alarm-chance = Hasard
alarm-score = Urgence
alarm-score-hint = ordonne la liste : plus elle est rare, récente et étayée, plus la valeur est haute. Elle n’a pas d’unité.
alarm-earlier = A déjà retenti
alarm-single = une seule source, non confirmée
alarm-one-source = Elle repose sur une seule source et n’est pas confirmée.
alarm-decide = Décider
alarm-reason = Pourquoi
alarm-watch = Surveiller
alarm-watch-hint = Elle reste en vue jusqu’à une autre décision.
alarm-merge = Fusionner
alarm-merge-hint = Une autre alarme dit la même chose ; celle-ci quitte la liste des alarmes ouvertes.
alarm-into = Dans
alarm-dismiss = Écarter
alarm-dismiss-hint = Il n’y a pas lieu d’agir. Si elle retentit plus tard, elle est de nouveau ouverte.
alarm-reopen = Rouvrir
alarm-history = Décisions
alarm-decided-dismissed = Écartée
alarm-decided-merged = Fusionnée
alarm-decided-watching = Mise sous surveillance
alarm-decided-open = Rouverte
done-alarm-dismissed = L’alarme est écartée.
done-alarm-watched = L’alarme est sous surveillance.
done-alarm-merged = L’alarme est fusionnée.
done-alarm-reopened = L’alarme est rouverte.
alarm-region-002 = Afrique
alarm-region-019 = Amériques
alarm-region-142 = Asie
alarm-region-150 = Europe
alarm-region-009 = Océanie
alarm-region-010 = Antarctique
alarm-region-015 = Afrique du Nord
alarm-region-011 = Afrique de l’Ouest
alarm-region-017 = Afrique centrale
alarm-region-014 = Afrique de l’Est
alarm-region-018 = Afrique australe
alarm-region-021 = Amérique du Nord
alarm-region-013 = Amérique centrale
alarm-region-029 = Caraïbes
alarm-region-005 = Amérique du Sud
alarm-region-143 = Asie centrale
alarm-region-030 = Asie de l’Est
alarm-region-035 = Asie du Sud-Est
alarm-region-034 = Asie du Sud
alarm-region-145 = Asie occidentale
alarm-region-151 = Europe de l’Est
alarm-region-154 = Europe du Nord
alarm-region-039 = Europe du Sud
alarm-region-155 = Europe de l’Ouest
alarm-region-053 = Australie et Nouvelle-Zélande
alarm-region-054 = Mélanésie
alarm-region-057 = Micronésie
alarm-region-061 = Polynésie
alarm-vague-day = Ce dont on ne connaît que le mois ou l’année compte à sa fin : « 2024 » à partir du 31 décembre 2024. Ainsi une alerte ne sonne jamais trop tôt.
