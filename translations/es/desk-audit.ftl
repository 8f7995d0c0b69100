# El registro de auditoría.
audit-lead = Quién cambió, vio, buscó y extrajo qué. Las entradas solo se añaden; cada una está ligada a la anterior.
audit-verify = Verificar la cadena
audit-holds = { $count ->
    [one] La cadena es íntegra: { $count } entrada.
   *[other] La cadena es íntegra: { $count } entradas, cada una tras la anterior.
}
audit-broken = La cadena está rota en la entrada { $number }: allí se cambió o quitó algo. Conserve el archivo como está, compárelo con una copia de seguridad y avise a los responsables.
audit-actor = Quién
audit-action = Acción
audit-subject = Sobre qué
audit-detail = Detalle
audit-from = Desde
audit-to = Hasta
audit-text = Palabras
audit-number = Número
audit-at = Cuándo (UTC)
audit-older = Más antiguas
audit-empty = Nada coincide
