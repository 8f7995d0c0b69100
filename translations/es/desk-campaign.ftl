# Campañas: la lista y la ficha.
campaign-lead = Ofertas escritas a partir de una misma plantilla. Todas las cifras cuentan lo que usted puede ver.
campaign-none = No hay campañas
campaign-none-here = Otro país o idioma tiene algunas.
campaign-none-hint = Las campañas aparecen cuando se registran ofertas escritas de forma parecida.
campaign-caption = Campañas
campaign-template = Plantilla
campaign-column-size = Miembros
campaign-column-growth = Crecimiento
campaign-column-suspicion = Sospecha
campaign-column-newest = Visto por última vez
campaign-recent = { $count } en 30 días
campaign-since = desde { $day }
campaign-no-template = La plantilla aún no está hecha.
campaign-members = { $count ->
    [one] Campaña de { $count } informe
   *[other] Campaña de { $count } informes
}
campaign-growth = { $recent } llegaron en los últimos 30 días, { $before } en los 30 anteriores.
campaign-life = Del { $first } al { $last }.
campaign-suspicion = Puntuación más alta de un miembro: { $chance }
campaign-draft = Redactar una notificación morada
campaign-all-members = Todos los miembros
campaign-template-hint = Las palabras comunes; en color, lo que varía. Señale un hueco para ver sus valores o abra la tabla.
campaign-slots = Lo que varía
campaign-slot = Hueco
campaign-values = Valores
campaign-further = { $count ->
    [one] y { $count } más
   *[other] y { $count } más
}
campaign-slot-empty = { $count ->
    [one] nada en { $count }
   *[other] nada en { $count }
}
campaign-weeks = Miembros por semana
campaign-most = como máximo { $count } en una semana
campaign-table = Tabla
campaign-week = Semana del
campaign-countries = Países nombrados
campaign-languages = Idiomas
campaign-signs = Señales de alerta
campaign-counted = Lo que nombran los miembros se cuenta en los { $count } últimos.
campaign-first-members = Primeros miembros
campaign-choose = no pertenece
campaign-split-why = Por qué no pertenecen
campaign-split-hint = Los miembros elegidos forman su propia campaña. Se puede deshacer.
campaign-split-do = Separar
campaign-history = Historial
campaign-unmerge = Esta fusión es errónea
campaign-unmerge-do = Deshacer la fusión
campaign-merged = { $one } resultó ser { $other }.
campaign-merged-wrong = { $one } y { $other } se fusionaron por error; están separadas.
campaign-split-off = { $report } se separó de { $one } en { $other }.
campaign-came-back = { $report } volvió de { $other } a { $one }.
campaign-slot-phone = teléfono
campaign-slot-handle = usuario
campaign-slot-email = correo
campaign-slot-url = dirección web
campaign-slot-account = cuenta
campaign-slot-place = lugar
campaign-slot-salary = sueldo
campaign-slot-date = fecha
campaign-slot-number = número
campaign-slot-name = nombre
campaign-slot-text = palabras
done-campaign-split = Los miembros se han separado.
done-campaign-unmerged = La fusión se ha deshecho.
