# Informes: la búsqueda y la ficha.
report-lead = Ofertas, chats, denuncias, noticias: búsquelas por palabras de cualquier escritura y por lo que se sabe de ellas.
report-hint = Deben estar todas las palabras. «Entre comillas» busca una frase, comienzo* el principio de una palabra, -palabra la excluye. Los acentos y las mayúsculas no cuentan.
report-any = Cualquiera
report-search = Buscar
report-further = Más filtros
report-chosen = Filtros elegidos
report-take-away = (quitar)
report-none = No se encontró nada
report-none-hint = Pruebe con menos palabras o filtros. Los informes entran con «forewarn ingest»; usted ve aquellos para los que está autorizado.
report-pages = Páginas
report-first-page = Primera página
report-campaign = Campaña
report-more-than = Más de { $count } resultados
report-waiting = { $count ->
    [one] { $count } informe espera a ser leído y aún no se encuentra.
   *[other] { $count } informes esperan a ser leídos y aún no se encuentran.
}
report-seen-times = { $count ->
    [one] Visto { $count } vez
   *[other] Visto { $count } veces
}
report-field-q = Palabras
report-field-kind = Tipo
report-field-verdict = Veredicto
report-field-country = País
report-field-language = Idioma
report-field-sort = Orden
report-field-identifier = Identificador
report-field-identifier-kind = Tipo de identificador
report-field-tlp = Marcado
report-field-grading = Calificación mínima
report-field-claims = Afirmaciones sobre la tendencia
report-field-source = Fuente
report-field-campaign = Campaña
report-field-from = Recibido desde
report-field-to = Recibido hasta
report-field-published-from = Publicado desde
report-field-published-to = Publicado hasta
report-field-probability-min = Probabilidad desde
report-field-probability-max = Probabilidad hasta
report-kind-job-ad = Oferta de trabajo
report-kind-chat = Chat
report-kind-scam-report = Denuncia de estafa
report-kind-testimony = Testimonio
report-kind-news = Noticia
report-kind-advisory = Aviso oficial
report-verdict-strong-signs = Señales fuertes
report-verdict-some-signs = Algunas señales
report-verdict-no-known-signs = Sin señales conocidas
report-sort-newest = Más recientes primero
report-sort-score = Mayor puntuación primero
report-claims-yes = Con afirmaciones
report-claims-no = Sin afirmaciones
report-text = Texto
report-key = Qué significan las marcas
report-key-sign = señal de alerta
report-key-contact = contacto
report-key-web = dirección web
report-key-money = dinero, cuenta
report-key-place = lugar
report-normalized = Original y normalizado lado a lado
report-normalized-hint = Las reglas y la búsqueda leen el texto normalizado: una sola forma para letras parecidas, cifras, mayúsculas y puntos ocultos.
report-original = Original
report-normalized-text = Normalizado
report-reasons = Razones de la puntuación
report-reasons-hint = En logaritmo de probabilidades: lo que suma cada razón. A la derecha habla a favor de captación para un centro de estafas; a la izquierda, en contra. Su suma es la puntuación.
report-dated = Registrado con { $chance }: las reglas o el modelo han cambiado desde entonces.
report-reason = Razón
report-log-odds = Log-odds
report-bar = Peso
report-reason-prior = Antes de leer nada
report-reason-structure = Lo muestra el texto en su conjunto.
report-reason-wording = Redacción, aprendida de ejemplos
report-money = Cantidad de dinero
report-identifiers = Identificadores
report-times = Veces
report-claims-title = Afirmaciones sobre la tendencia
report-claims-all = Todas las afirmaciones
report-claim-decide = Decidir
report-claim-confirmed = confirmada
report-claim-rejected = rechazada
report-facts = Datos
report-id = Id
report-published = publicado { $time }
report-kept = se queda en { $organisation }
report-marking = Marcado y calificación
report-mark-tlp = Difusión (TLP)
report-mark-pap = Acciones permitidas (PAP)
report-mark-reliability = Fuente
report-mark-credibility = Información
report-why = Por qué
report-change = Cambiar
report-history = Historial
report-changed-by = { $who }: { $why }
done-report-marked = El marcado y la calificación han cambiado.
done-report-unchanged = Ya estaba así: no se cambió nada.
report-shown-by = Lo muestra
report-slight = { $count ->
    [one] { $count } razón de menor peso
   *[other] { $count } razones de menor peso
}
