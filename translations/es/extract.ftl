# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Alertas públicas
extract-title-orange = Alerta: ofertas de empleo que llevan a centros de estafa
extract-title-purple = Alerta: cómo las ofertas de empleo llevan a centros de estafa
extract-hubs = Se denunciaron centros de estafa en: { $countries }.
extract-origins = Personas de estos países fueron llevadas allí: { $countries }.
extract-route = Ruta conocida: { $from } → { $to }
extract-destinations = Las ofertas de este tipo mencionan: { $countries }. El viaje puede terminar en otro lugar.
extract-people = Personas desaparecidas, retenidas o liberadas, según las fuentes: { $people }.
extract-signs = Señales de alerta en estas ofertas
extract-avoid = No use estas direcciones
extract-number = Número
extract-issued = Emitida por { $issuer } el { $date }
extract-withdrawn = Esta alerta se retiró el { $date }. Ya no es válida.
extract-superseded = Una alerta más reciente sustituyó a esta el { $date }.
extract-expired = Esta alerta terminó el { $date }.
