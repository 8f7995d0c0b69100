# What stands around every page of the desk.
skip = Ir al contenido
menu = Menú
menu-all = Todas las páginas
menu-more = Más
tab-situation = Situación
tab-alarms = Alarmas
tab-reports = Informes
tab-campaigns = Campañas
tab-network = Red
tab-incidents = Incidentes
tab-notices = Notificaciones
tab-received = Recibidas
tab-exchange = Intercambio
tab-sources = Fuentes
tab-members = Miembros
tab-rules = Reglas
tab-users = Usuarios
tab-audit = Registro de auditoría
tab-account = Su cuenta
tab-language = Idioma
tab-check = Comprobar una oferta de empleo
user-local = Este equipo
sign-out = Cerrar sesión
theme = Apariencia
theme-auto = Como el sistema
theme-light = Claro
theme-dark = Oscuro
independent = Forewarn es independiente. No forma parte de INTERPOL ni de ningún organismo; los colores de las notificaciones siguen la convención pública.
found-count = { $count ->
    [one] { $count } resultado
   *[other] { $count } resultados
}
page-next = Siguiente
page-previous = Anterior
day-in-words = { $day } de { $month } de { $year }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
