# La primera página: qué cambió esta semana, el mapa, las curvas.
situation-as-of = Lo que se sabía el { $day }
situation-day = Lo que se sabía el
situation-show = Mostrar
situation-today = Volver a hoy
situation-nothing = Todavía no se sabe nada
situation-nothing-hint = Añada incidentes o incorpore informes: esta página mostrará entonces dónde está la tendencia y qué hay de nuevo.
situation-tile-open = { $count ->
    [one] alerta abierta
   *[other] alertas abiertas
}
situation-tile-hubs = { $count ->
    [one] país con centros
   *[other] países con centros
}
situation-tile-origins = { $count ->
    [one] país de origen
   *[other] países de origen
}
situation-tile-people = personas que se dice retenidas, como mínimo y como máximo
situation-tile-reports = { $count ->
    [one] informe recibido
   *[other] informes recibidos
}
situation-new = { $count ->
    [one] { $count } nuevo
   *[other] { $count } nuevos
}
situation-week = Qué cambió desde el { $day }
situation-quiet = En estos siete días no se supo nada nuevo.
situation-quiet-last = La última noticia es del { $day }.
situation-quiet-show = Mostrar la semana anterior
situation-new-hubs = Nuevos países con centros
situation-new-origins = Nuevos países de origen
situation-incidents = { $count ->
    [one] { $count } informe
   *[other] { $count } informes
}
situation-alarms-more = { $count ->
    [one] y una alerta más
   *[other] y { $count } alertas más
}
situation-events-more = { $count ->
    [one] y un suceso más
   *[other] y { $count } sucesos más
}
situation-place = { $place }, { $country }
situation-open = Alertas abiertas
situation-open-none = No hay ninguna alerta abierta.
situation-open-all = { $count ->
    [one] Una alerta abierta
   *[other] Las { $count } alertas abiertas
}
situation-one-source = una sola fuente, sin confirmar
situation-evidence = Pruebas
situation-alarm-hub = Nuevo país con centros: { $subject }
situation-alarm-place = Nuevo lugar: { $subject }
situation-alarm-origin = Nuevo país de origen: { $subject }
situation-alarm-route = Nueva ruta: { $subject }
situation-alarm-region = Nueva región con centros: { $subject }
situation-alarm-acceleration = Fuerte aumento de informes: { $subject }
situation-alarm-displacement = Desplazamiento: { $subject }
situation-route = { $from } → { $to }
situation-kind-hub = centro
situation-kind-place = lugar
situation-kind-origin = origen
situation-kind-route = ruta
situation-kind-region = región
situation-kind-acceleration = aumento
situation-kind-displacement = desplazamiento
situation-chance-years = { $count ->
    [one] El azar por sí solo daría esta alerta una vez al año, aproximadamente
   *[other] El azar por sí solo daría esta alerta una vez cada { $count } años, aproximadamente
}
situation-chance-years-bound = { $count ->
    [one] El azar por sí solo daría esta alerta menos de una vez al año
   *[other] El azar por sí solo daría esta alerta menos de una vez cada { $count } años
}
situation-chance-months = { $count ->
    [one] El azar por sí solo daría esta alerta una vez al mes, aproximadamente
   *[other] El azar por sí solo daría esta alerta una vez cada { $count } meses, aproximadamente
}
situation-chance-months-bound = { $count ->
    [one] El azar por sí solo daría esta alerta menos de una vez al mes
   *[other] El azar por sí solo daría esta alerta menos de una vez cada { $count } meses
}
situation-notice-orange = Notificación naranja emitida
situation-notice-purple = Notificación morada emitida
situation-map = Dónde están los centros y de dónde viene la gente
situation-hub-reported = centros, según informes
situation-hub-confirmed = centros, confirmados por tres fuentes
situation-origin = de aquí viene gente
situation-hubs = Países con centros
situation-origins = Países de origen
situation-month = Mes
situation-play = Reproducir los meses
situation-pause = Pausa
situation-zoom-in = Ampliar
situation-zoom-out = Reducir
situation-reset = Todo el mundo
situation-boundaries = Fronteras según Natural Earth; no se toma posición sobre su estatuto.
situation-table = Lo mismo en una tabla
situation-country = País
situation-known-since = Se sabe desde
situation-confirmed-since = Confirmado desde
situation-routes = Rutas con más sucesos
situation-from = Desde
situation-to = Hacia
situation-events = Sucesos
situation-curve-countries = Los países a lo largo del tiempo
situation-curve-people = Personas que se dice retenidas
situation-people-note = El número más bajo y el más alto que sostienen las fuentes: los informes se solapan y se contradicen. No es un censo.
situation-quarters = Por trimestre, lo que se sabía a su fin
situation-growing = Campañas que crecen
situation-growing-told = { $recent } ofertas en los últimos 30 días, { $members } en total
