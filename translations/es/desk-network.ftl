# The network: identifiers, campaigns and reports, and what ties them.
network-lead = Lo que está vinculado a un identificador, con los informes que prueban cada vínculo.
network-search = Teléfono, cuenta, sitio, monedero, o el número de un informe o una campaña
network-steps = Pasos
network-step = Paso
network-look = Buscar
network-from = Desde
network-until = Hasta
network-unknown = Nada de lo que usted puede ver nombra «{ $text }». Escriba un teléfono así: +447700900123, una cuenta así: @nombre.
network-nothing-tied = Aquí no hay nada vinculado, hasta donde usted puede ver.
network-begin = Por dónde empezar
network-begin-none = Todavía no hay campañas. Busque un identificador arriba cuando hayan entrado informes.
network-begin-campaigns = Las campañas más grandes
network-reports = { $count ->
    [one] { $count } informe
   *[other] { $count } informes
}
network-reports-head = Informes
network-way = Qué conecta a dos elementos
network-way-from = De
network-way-to = A
network-way-find = Encontrar el camino
network-way-choose = Elija el otro extremo en la imagen o en la tabla. Desde:
network-way-start = Camino desde aquí…
network-way-steps = { $count ->
    [one] { $count } paso.
   *[other] { $count } pasos.
}
network-no-way = Nada conecta a los dos, hasta donde usted puede ver.
network-loading = Cargando …
network-incomplete = Hay más de lo que se muestra aquí.
network-failed = Eso no funcionó.
network-no-picture = Este navegador no puede dibujar la imagen (WebGL está desactivado). Las tablas de abajo muestran lo mismo.
network-tools = Herramientas de la imagen
network-zoom-in = Más cerca
network-zoom-out = Más lejos
network-fit = Mostrar todo
network-settle = Ordenar de nuevo
network-unhide = Mostrar lo oculto
network-find = Buscar en esta red
network-picture = Imagen de la red; las tablas de abajo muestran lo mismo
network-keys = Un clic elige, doble clic o Intro despliega, arrastrar fija. Las flechas mueven, + y − acercan y alejan, Escape suelta.
network-row-keys = En una fila: E despliega, H oculta, P fija, W empieza un camino, las flechas suben y bajan.
network-leave-out = Dejar fuera
network-apply = Aplicar
network-nodes = Nodos
network-node = Nodo
network-kind = Tipo
network-ties = Vínculos
network-acts = Acciones
network-expand = Desplegar
network-hide = Ocultar
network-pin = Fijar o soltar
network-release = No elegir nada
network-more-rows = Más filas
network-tie-from = De
network-tie-to = A
network-strength = Fuerza
network-strength-of = Fuerza { $strength }
network-days = Días
network-panel = Elija un nodo o un vínculo, en la imagen o en una tabla, para ver aquí sus pruebas.
network-evidence = Pruebas del vínculo
network-latest = Últimos informes
network-proofs-more = { $count ->
    [one] y { $count } informe más
   *[other] y { $count } informes más
}
network-shared-by = { $count ->
    [one] nombrado por { $count } grupo independiente
   *[other] compartido por { $count } grupos independientes
}
network-open = Abrir
network-centre = Poner en el centro
network-mark = Marcar este vínculo como erróneo
network-mark-hint = Sale de la red y de todo lo que se deriva de ella, hasta que se retire la marca. Su nombre y su motivo quedan registrados.
network-why = Por qué
network-marked = Marcados como erróneos
network-take-back = Retirar la marca
network-common = { $count ->
    [one] { $count } valor que no vincula a nadie
   *[other] { $count } valores que no vinculan a nadie
}
network-common-why = Lo nombran demasiados informes sin relación entre sí, así que no vincula a nadie.
network-listed = Figura en una lista de valores comunes, así que no vincula a nadie: { $list }.
network-save = Guardar esta vista
network-view-name = Nombre
network-share-view = Otras personas con la misma autorización pueden abrirla
network-save-button = Guardar
network-views = Vistas guardadas
network-shared = compartida
network-remove = Eliminar
network-remove-view = ¿Eliminar la vista «{ $name }»?
network-export = Extraer
network-kind-phone = Teléfono
network-kind-email = Correo electrónico
network-kind-url = Dirección web
network-kind-domain = Sitio
network-kind-iban = Cuenta bancaria
network-kind-handle = Cuenta
network-kind-handle-of = { $name }
network-kind-crypto-of = Monedero: { $name }
network-kind-report = Informe
network-kind-campaign = Campaña
network-tie-names = nombra
network-tie-member-of = pertenece a
network-tie-part-of = es parte de
network-tie-pays-to = paga a
network-report-job-ad = Oferta de trabajo
network-report-chat = Conversación
network-report-scam-report = Informe de fraude
network-report-testimony = Testimonio
network-report-news = Noticia
network-report-advisory = Advertencia
done-network-marked = Marcado como erróneo: el vínculo salió de la red.
done-network-unmarked = La marca se retiró.
done-network-saved = La vista se guardó.
done-network-removed = La vista se eliminó.
