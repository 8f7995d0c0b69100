# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Alertas públicos
extract-title-orange = Alerta: ofertas de emprego que levam a centros de fraude
extract-title-purple = Alerta: como ofertas de emprego levam pessoas a centros de fraude
extract-hubs = Foram denunciados centros de fraude em: { $countries }.
extract-origins = Pessoas destes países foram levadas para lá: { $countries }.
extract-route = Rota conhecida: { $from } → { $to }
extract-destinations = As ofertas deste tipo mencionam: { $countries }. A viagem pode terminar noutro lugar.
extract-people = Pessoas dadas como desaparecidas, retidas ou libertadas: { $people }.
extract-signs = Sinais de alerta nestas ofertas
extract-avoid = Não use estes endereços
extract-number = Número
extract-issued = Emitido por { $issuer } em { $date }
extract-withdrawn = Este alerta foi retirado em { $date }. Já não é válido.
extract-superseded = Um alerta mais recente substituiu este em { $date }.
extract-expired = Este alerta terminou em { $date }.
