# Alarms: what the watch raised, and what people made of it.
alarm-lead = Lo que ha señalado la vigilancia, según lo conocido el { $day }.
alarm-states = Estados
alarm-state-open = Abiertas
alarm-state-watching = En observación
alarm-state-noticed = En una notificación
alarm-state-merged = Fusionadas
alarm-state-dismissed = Descartadas
alarm-state-all = Todas
alarm-kind = Tipo
alarm-kind-hub = Nuevo foco
alarm-kind-place = Nuevo lugar
alarm-kind-origin = Nuevo origen
alarm-kind-route = Nueva ruta
alarm-kind-region = Nueva región
alarm-kind-acceleration = Aumento rápido
alarm-kind-displacement = Desplazamiento
alarm-country = País
alarm-any = Todos
alarm-as-of = Según lo conocido el
alarm-sort = Orden
alarm-sort-urgency = Las más urgentes primero
alarm-sort-day = Las más recientes primero
alarm-sort-rarity = Las más raras por azar primero
alarm-show = Mostrar
alarm-pages = Páginas
alarm-none = Todavía no hay alarmas
alarm-none-hint = Las alarmas nacen de los incidentes. Importe o añada algunos y la vigilancia dirá qué hay de nuevo.
alarm-none-here = Nada aquí
alarm-none-here-hint = Otro estado, país o día tiene alarmas.
alarm-headline-hub = Nuevo foco: { $country }
alarm-headline-place = Nuevo lugar: { $place }, { $country }
alarm-headline-origin = Nuevo país de origen: { $country }
alarm-headline-route = Nueva ruta: { $from } – { $to }
alarm-headline-region = Nueva región de focos: { $region }
alarm-headline-growth-hub = Los informes crecen más rápido: foco { $country }
alarm-headline-growth-origin = Los informes crecen más rápido: personas de { $country }
alarm-headline-growth-route = Los informes crecen más rápido: { $from } – { $to }
alarm-headline-growth-place = Los informes crecen más rápido: { $place }, { $country }
alarm-headline-growth-region = Los informes crecen más rápido: { $region }
alarm-headline-displacement = Desplazamiento: redadas en { $from }, aumento en { $to }
alarm-events = { $count ->
    [one] { $count } suceso
   *[other] { $count } sucesos
}
alarm-sources = { $count ->
    [one] { $count } fuente independiente
   *[other] { $count } fuentes independientes
}
alarm-behind = { $events }, { $sources }.
alarm-chance-years = { $count ->
    [one] Por azar, cerca de una vez en { $count } año.
   *[other] Por azar, cerca de una vez en { $count } años.
}
alarm-chance-years-bound = { $count ->
    [one] Por azar, menos de una vez en { $count } año.
   *[other] Por azar, menos de una vez en { $count } años.
}
alarm-chance-months = { $count ->
    [one] Por azar, cerca de una vez en { $count } mes.
   *[other] Por azar, cerca de una vez en { $count } meses.
}
alarm-chance-months-bound = { $count ->
    [one] Por azar, menos de una vez en { $count } mes.
   *[other] Por azar, menos de una vez en { $count } meses.
}
alarm-soundings = { $count ->
    [one] Sonó { $count } vez.
   *[other] Sonó { $count } veces.
}
alarm-incidents = { $count ->
    [one] { $count } incidente detrás de esta alarma
   *[other] { $count } incidentes detrás de esta alarma
}
alarm-draft = Redactar una notificación
alarm-past = Según lo conocido el { $day }, sin nada de lo que se supo después.
alarm-today = Según lo conocido hoy
alarm-merged-into = La cuenta esta alarma:
alarm-merged-here = Fusionadas en esta alarma
alarm-same-subject = Otras alarmas sobre el mismo asunto
alarm-why = Por qué sonó
alarm-raised = Sonó el
alarm-first-known = Conocido desde el
alarm-rests-on = Se basa en
alarm-chance = Azar
alarm-score = Urgencia
alarm-score-hint = ordena la lista: cuanto más rara, reciente y respaldada, más alta. No tiene unidad.
alarm-earlier = Sonó antes
alarm-single = una sola fuente, sin confirmar
alarm-one-source = Se basa en una sola fuente y no está confirmada.
alarm-decide = Decidir
alarm-reason = Por qué
alarm-watch = Observar
alarm-watch-hint = Sigue a la vista hasta otra decisión.
alarm-merge = Fusionar
alarm-merge-hint = Otra alarma cuenta lo mismo; esta sale de la lista de alarmas abiertas.
alarm-into = En
alarm-dismiss = Descartar
alarm-dismiss-hint = No hay motivo para actuar. Si suena más tarde, vuelve a estar abierta.
alarm-reopen = Reabrir
alarm-history = Decisiones
alarm-decided-dismissed = Descartada
alarm-decided-merged = Fusionada
alarm-decided-watching = Puesta en observación
alarm-decided-open = Reabierta
done-alarm-dismissed = La alarma se descartó.
done-alarm-watched = La alarma está en observación.
done-alarm-merged = La alarma se fusionó.
done-alarm-reopened = La alarma se reabrió.
alarm-region-002 = África
alarm-region-019 = Américas
alarm-region-142 = Asia
alarm-region-150 = Europa
alarm-region-009 = Oceanía
alarm-region-010 = Antártida
alarm-region-015 = África septentrional
alarm-region-011 = África occidental
alarm-region-017 = África central
alarm-region-014 = África oriental
alarm-region-018 = África meridional
alarm-region-021 = América septentrional
alarm-region-013 = América Central
alarm-region-029 = Caribe
alarm-region-005 = América del Sur
alarm-region-143 = Asia central
alarm-region-030 = Asia oriental
alarm-region-035 = Asia sudoriental
alarm-region-034 = Asia meridional
alarm-region-145 = Asia occidental
alarm-region-151 = Europa oriental
alarm-region-154 = Europa septentrional
alarm-region-039 = Europa meridional
alarm-region-155 = Europa occidental
alarm-region-053 = Australia y Nueva Zelandia
alarm-region-054 = Melanesia
alarm-region-057 = Micronesia
alarm-region-061 = Polinesia
alarm-vague-day = Lo que solo se conoce por su mes o su año cuenta a su final: «2024» desde el 31 de diciembre de 2024. Así una alerta nunca suena antes de lo posible.
