# Pages of notices: board, draft, review, issue, distribution, extract.
notice-board-lead = Del borrador a la alerta firmada: nadie aprueba solo ni su propio trabajo.
notice-verify = Verificar una copia
notice-public = Alertas públicas
notice-due = Pendientes de revisión
notice-empty = Aún no hay ninguna notificación
notice-empty-hint = Empiece por una alarma: de ella se redacta una notificación naranja. O por una campaña: una notificación morada cuenta cómo recluta.
notice-column-draft = Borrador
notice-column-in-review = En revisión
notice-column-approved = Aprobada
notice-column-issued = Emitida
notice-column-ended = Terminada
notice-state-draft = Borrador
notice-state-in-review = En revisión
notice-state-approved = Aprobada
notice-state-issued = Emitida
notice-state-superseded = Sustituida
notice-state-withdrawn = Retirada
notice-state-expired = Caducada
notice-kind-orange = Notificación naranja
notice-kind-purple = Notificación morada
notice-by = redactada por { $who }
notice-until = hasta el { $day }
notice-new = Nueva notificación
notice-new-orange = Una notificación naranja alerta de una amenaza grave e inminente. Se redacta a partir de la alarma, con lo que se sabe hoy.
notice-new-purple = Una notificación morada describe cómo se comete un delito. Se redacta a partir de lo que tienen en común los anuncios de la campaña.
notice-issuer = Emisor
notice-issuer-hint = Su organización, como la conocen los destinatarios. No se puede cambiar después.
notice-number = Número
notice-marking = Quién puede verla
notice-retention = Días hasta la revisión
notice-draft-it = Redactar
notice-verify-lead = Dé un notice.json, o el documento firmado de su fin. Se compara con las claves y el registro de este escritorio; no se pregunta a nadie.
notice-verify-unread = Esto no se puede leer como notificación firmada:
notice-verify-it = Verificar
notice-holds = Válido
notice-fails = No válido
notice-key = Clave
notice-check = Comprobación
notice-check-found = Resultado
notice-document = Documento firmado
notice-document-hint = Un archivo JSON, como lo reciben los miembros.
notice-grading = Graduación
notice-known-from = conocido desde
notice-headline-rests = El titular se basa en
notice-identifiers = Identificadores que buscar
notice-review-by = Revisar el
notice-save = Guardar la selección
notice-save-hint = Las frases salen de las pruebas: se tachan o se reponen, no se escriben a mano.
notice-facts = Datos
notice-author = Redactada por
notice-as-of = Conocido al
notice-look-at = Ver
notice-look-in = Como página en
notice-submit = Presentar a revisión
notice-submit-it = Presentar
notice-override-hint = Corríjalo, o diga por qué puede quedar. El motivo se conserva.
notice-no-block = Ninguna regla lo impide.
notice-purpose = Finalidad de la alerta
notice-review = Revisión
notice-four-eyes = Aprueban dos personas distintas; ninguna es la autora.
notice-approved-by = Aprobada por { $who }
notice-not-reviewer = Puede leerla. Para aprobar hace falta el papel de revisor.
notice-own-work = Usted la redactó: dos otras personas deben aprobarla.
notice-approved-already = Usted ya la aprobó: debe hacerlo otra persona.
notice-not-publisher = Para emitir hace falta el papel de editor.
notice-why = Por qué
notice-approve = Aprobar
notice-reject = Devolver
notice-issue = Firmar y emitir
notice-issue-it = Firmar y emitir
notice-passphrase = Frase secreta de la clave de firma
notice-passphrase-hint = Sirve solo para esta firma: ni se guarda ni se registra.
notice-end = Ponerle fin
notice-is-overdue = Ha pasado su último día.
notice-supersede = Sustituir por otra
notice-successor = Sustituida por
notice-withdraw = Retirar
notice-history = Historial
notice-act-overridden = Objeción descartada
notice-act-submitted = Entregada
notice-act-approved = Aprobada
notice-act-rejected = Devuelta
notice-act-issued = Emitida
notice-act-superseded = Sustituida
notice-act-withdrawn = Retirada
notice-act-expired = Terminada tras su último día
notice-sentence = Frase { $number }
notice-submit-hint = Primero se guarda lo que está marcado.
notice-key-made = La clave que firma se creó el { $day } por { $who }, que conoce su frase secreta.
notice-key-since = La clave que firma se creó el { $day }; quien la creó conoce su frase secreta.
notice-key-none = Todavía no hay clave de firma: esta primera firma la crea, con la frase secreta que usted elija aquí, de al menos 12 caracteres. Nadie puede recuperar una frase perdida.
notice-key-server = Este servidor recibió la frase secreta: deje el campo vacío.
notice-same-hint = { $count ->
    [one] Para { $count } frase:
   *[other] Para { $count } frases:
}
notice-distribution = Distribución
notice-extract = Extracto público
notice-audience = Para quién
notice-audience-hint = Sin marcar nada es para todos. Nada supera la habilitación de un miembro.
notice-preview = Ver quién la recibiría
notice-left-out = Excluidos
notice-left-clearance = sin habilitación para su marca
notice-left-inactive = ahora no participa
notice-fetches = la recoge aquí
notice-queue-it = Enviar
notice-queue-hint = Lo encolado sale con el próximo `forewarn notice deliver` y sobrevive a un corte.
notice-queue-soon = Lo que puede salir de aquí sale en menos de un minuto; un intento fallido se repite. Sobrevive a un corte de luz.
notice-queue-some = Los webhooks y las carpetas salen en menos de un minuto. El correo espera a `forewarn notice deliver`: este servidor no recibió servidor de correo.
notice-answers = Quién la tiene y qué respondió
notice-nobody-yet = Aún no ha ido a nadie.
notice-member = Miembro
notice-ways = Vías
notice-delivered = Entregada
notice-opened = Abierta
notice-acknowledged = Acuse de recibo
notice-replies = Respuestas
notice-as-report = guardado como informe
notice-retry = Reintentar lo abandonado
notice-delivery-waiting = en espera
notice-delivery-delivered = entregada
notice-delivery-given-up = abandonada
notice-reply-seen-here = Visto aquí
notice-reply-not-seen = Buscado, no visto
notice-reply-new-observables = Nuevos identificadores
notice-reply-action-taken = Medida tomada
notice-extract-lead = Nada es público si una persona no lo elige y otra no lo publica. Las frases sin forma pública quedan dentro.
notice-extract-sentences = Frases con forma pública
notice-extract-identifiers-hint = Los identificadores que pueden ser de una persona no pueden ser públicos.
notice-extract-consent = Acuerdo de las fuentes
notice-extract-consent-hint = Solo si algo está marcado por encima de TLP:CLEAR: cómo acordó su fuente.
notice-extract-propose = Proponer
notice-extract-pending = Espera a una segunda persona
notice-extract-own = Usted lo propuso: otra persona lo publica o lo rechaza.
notice-extract-publish = Publicar
notice-extract-public = Es público
notice-extract-state-proposed = Propuesto
notice-extract-state-published = Publicado
notice-extract-state-rejected = Rechazado
notice-extract-state-withdrawn = Retirado
notice-overdue = { $count ->
    [one] último día pasado hace { $count } día
   *[other] último día pasado hace { $count } días
}
notice-due-in = { $count ->
    [one] revisión en { $count } día
   *[other] revisión en { $count } días
}
notice-approvals = { $count ->
    [one] { $count } aprobación
   *[other] { $count } aprobaciones
}
notice-more-evidence = { $count ->
    [one] { $count } más
   *[other] { $count } más
}
notice-blocked = { $count ->
    [one] { $count } hallazgo lo impide
   *[other] { $count } hallazgos lo impiden
}
notice-recipients = { $count ->
    [one] { $count } destinatario
   *[other] { $count } destinatarios
}
done-notice-drafted = El borrador está listo: léalo y tache lo que no se sostenga.
done-notice-changed = El borrador se ha cambiado.
done-notice-submitted = Espera a dos revisores.
done-notice-approved = Usted la ha aprobado.
done-notice-rejected = Ha vuelto a su autor.
done-notice-issued = Está firmada y emitida. Elija quién la recibe.
done-notice-ended = Ha terminado; se avisa a quien la tiene.
done-notice-queued = Está en camino.
done-notice-retried = Se reintenta lo abandonado.
done-notice-extract-proposed = Otra persona debe publicarlo.
done-notice-extract-published = Ya es público.
done-notice-extract-rejected = Se ha rechazado.
done-notice-extract-withdrawn = Se ha retirado.
