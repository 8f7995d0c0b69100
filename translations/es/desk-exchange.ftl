# El intercambio con otros.
exchange-lead = Lo que va a los socios, lo que viene de ellos y lo que ambas partes tienen en común.
exchange-for-partners = Su nodo recoge y entrega objetos, y trae mensajes de comparación privada, en estas direcciones.
exchange-collections = Colecciones (TAXII 2.1)
exchange-talk = Peticiones de hablar
exchange-talk-empty = Ninguna coincidencia espera una conversación.
exchange-talk-hint = Cada coincidencia es una petición de hablar con el agente de la otra parte. No se mostró nada más a nadie.
exchange-outcome = Qué resultó
exchange-talked = Anotar la conversación
exchange-partners = Socios
exchange-partners-empty = Todavía no hay socios.
exchange-partner = Socio
exchange-waiting = En espera
exchange-for-it = Para él
exchange-from-it = De él
exchange-held = Retenidos
exchange-last = Último intento
exchange-match = Comparación privada
exchange-match-hint = Saber qué valores tienen en común la lista de un socio y la nuestra, y nada más. Un número de teléfono se puede adivinar: los límites y el registro de auditoría lo contienen.
exchange-match-empty = Hace falta un conjunto nuestro y un acuerdo con un socio.
exchange-ask = Preguntar a un socio
exchange-set = Conjunto
exchange-about = Sobre
exchange-ask-file = Crear la pregunta como archivo
exchange-take = Recibir un mensaje
exchange-file = Archivo
exchange-take-hint = Una pregunta, una respuesta o un cierre llevado en mano. Lo que vuelve sale como archivo.
exchange-take-file = Recibir
exchange-agreements = Acuerdos
exchange-our-set = Nuestro conjunto
exchange-learns = Quién se entera
exchange-limits = Límites
exchange-not-in-force = no vigente
exchange-sets = Conjuntos
exchange-values = Valores
exchange-officer = Agente
exchange-made = Hecho
exchange-matches = Comparaciones
exchange-state = Estado
exchange-hits = Coincidencias
exchange-we-asked = preguntamos nosotros
exchange-they-asked = preguntaron ellos
exchange-statistics = Estadísticas
exchange-statistics-hint = Las tablas con ruido se pueden publicar. Su coste en privacidad se suma y termina en el presupuesto.
exchange-who = Quién
exchange-what = Qué
exchange-cost = ε
exchange-may-not-ask = no puede preguntar
exchange-learns-requester = la parte que pregunta
exchange-learns-both = ambas partes
exchange-purpose-values = valores
exchange-purpose-cases = números por caso
exchange-state-asked = preguntado
exchange-state-answered = respondido
exchange-state-finished = terminado
exchange-budget = ε { $spent } de { $budget } gastado
exchange-limit = { $questions ->
    [one] { $questions } pregunta, { $values } valores al día
   *[other] { $questions } preguntas, { $values } valores al día
}
exchange-in-common = { $count ->
    [one] { $count } valor en común
   *[other] { $count } valores en común
}
done-exchange-talked = La conversación quedó anotada.
done-exchange-taken = El mensaje se recibió.
