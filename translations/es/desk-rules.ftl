# Fuentes y reglas.
sources-lead = Qué se aportó, de dónde y cuándo, y qué fue de ello.
sources-empty = Todavía no se ha aportado nada
sources-empty-hint = En la propia máquina:
source-input = Fuente
source-started = Cuándo
source-accepted = Nuevos
source-duplicates = Conocidos
source-refused = Rechazados
source-state = Estado
source-ended = leída hasta el final
source-broken-off = interrumpida tras la línea { $line }
owners = A quién pertenecen las fuentes
owners-lead = Lo que una fuente de una organización aporta como AMBER+STRICT o RED solo lo ven las personas de esa organización, o autorizadas para ella por su nombre, y nunca sale. Una fuente sin organización se rige solo por el marcado.
owner-source-hint = Tal como figura en la lista. Puede ser una de la que aún no haya llegado nada.
owner-organisation-hint = Tal como la tienen los usuarios. Si queda en blanco, la fuente no pertenece a nadie.
owner-none = nadie
owner-change = Cambiar
owners-next = Más fuentes
done-source-owned = Se ha guardado la pertenencia; lo que aportó la fuente se muestra según ella.
rules-lead = { $count ->
    [one] Se busca { $count } señal.
   *[other] Se buscan { $count } señales.
}
rules-version = Versión { $version }.
rules-check = Comprobar las reglas de la carpeta de datos
rules-reload = Leer las reglas de nuevo
rules-checked = Lo que encontró la comprobación
rules-hold = { $count ->
    [one] Las reglas se pueden usar: { $count } señal.
   *[other] Las reglas se pueden usar: { $count } señales.
}
rules-broken = Hay errores: estas reglas no se usarían, siguen las anteriores.
rules-try = Probar un texto
rules-text = Texto de una oferta
rules-text-hint = No se guarda.
rules-try-do = Mostrar las señales
rules-found = { $count ->
    [one] { $count } pasaje
   *[other] { $count } pasajes
}
rules-found-none = Ninguna regla coincide con este texto.
rules-indicator = Señal
rules-indicators = Señales
rules-words = Palabras
rules-pattern = Regla
rules-what = Qué cuenta
rules-why = Por qué
rules-means = Para quien busca empleo
rules-source = Fuente
done-rules-reloaded = Las reglas se han leído de nuevo.
