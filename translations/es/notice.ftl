# Mensajes de las notificaciones, español. Los mismos mensajes y los mismos hechos que el catálogo inglés,
# que explica las formas de los hechos; una prueba lo comprueba.

## Tipos y estados

kind-orange = Notificación naranja
kind-orange-meaning = Alerta sobre un acontecimiento, una persona, un objeto o un procedimiento que constituye una amenaza grave e inminente para la seguridad pública.
kind-purple = Notificación morada
kind-purple-meaning = Describe cómo se comete un delito: el modus operandi, los objetos, los dispositivos y los métodos de ocultación.

state-draft = Borrador, sin emitir
state-in_review = En revisión, sin emitir
state-approved = Aprobada, aún sin emitir
state-issued = Emitida
state-superseded = Sustituida
state-withdrawn = Retirada
state-expired = Caducada

## Epígrafes

section-threat = Amenaza
section-modus_operandi = Modus operandi
section-hubs = Dónde están los centros
section-origins = De dónde proceden las personas
section-routes = Rutas
section-period = Período
section-scale = Magnitud
section-signs = Señales de alerta en las ofertas
section-actions = Medidas recomendadas

## Títulos

headline-hub = Denuncias de centros de estafa con trabajadores coaccionados { $country-in }
headline-place = Denuncia de un centro de estafa con trabajadores coaccionados en { $place }, { $country-bare }
headline-origin = Personas procedentes { $country-from } retenidas en centros de estafa
headline-route = Nueva ruta hacia los centros de estafa: { $route }
headline-region = Denuncias de centros de estafa con trabajadores coaccionados en una nueva región: { $region }
headline-acceleration = Aumentan las denuncias de centros de estafa con trabajadores coaccionados: { $subject-bare }
headline-displacement = Desplazamiento de centros de estafa: { $subject-bare }
headline-campaign = { $reports ->
        [one] Cómo un anuncio de empleo atrae a personas a centros de estafa
       *[other] Cómo { $reports } anuncios de empleo de un mismo modelo atraen a personas a centros de estafa
    }

## Amenaza

threat-events = { $events ->
        [one] Un suceso, difundido por { $publishers ->
            [one] una fuente
           *[other] { $publishers } fuentes
        } y conocido
       *[other] { $events } sucesos, difundidos por { $publishers ->
            [one] una fuente
           *[other] { $publishers } fuentes
        } y conocidos
    } al { $known }: hubo personas retenidas u obligadas a trabajar en centros de estafa { $hubs-in }.
threat-events-any = { $events ->
        [one] Un suceso, difundido por { $publishers ->
            [one] una fuente
           *[other] { $publishers } fuentes
        } y conocido
       *[other] { $events } sucesos, difundidos por { $publishers ->
            [one] una fuente
           *[other] { $publishers } fuentes
        } y conocidos
    } al { $known }: hubo personas retenidas u obligadas a trabajar en centros de estafa.
threat-alarm = { $sources ->
        [one] La alarma que dio lugar a esta notificación se activó el { $raised } a partir de una sola fuente.
       *[other] La alarma que dio lugar a esta notificación se activó el { $raised } a partir de { $sources } fuentes independientes.
    }
threat-rarity = { $days ->
        [one] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad cada día.
       *[other] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad aproximadamente una vez cada { $days } días.
    }
threat-rarity-months = { $months ->
        [one] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad aproximadamente una vez al mes.
       *[other] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad aproximadamente una vez en { $months } meses.
    }
threat-rarity-years = { $years ->
        [one] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad aproximadamente una vez al año.
       *[other] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad aproximadamente una vez en { $years } años.
    }
threat-rarity-months-bound = { $months ->
        [one] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad menos de una vez al mes. El registro es demasiado corto para decir más.
       *[other] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad menos de una vez en { $months } meses. El registro es demasiado corto para decir más.
    }
threat-rarity-years-bound = { $years ->
        [one] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad menos de una vez al año. El registro es demasiado corto para decir más.
       *[other] Si no ocurriera nada nuevo, cabría esperar una alarma de esta intensidad menos de una vez en { $years } años. El registro es demasiado corto para decir más.
    }
threat-estimate = Valoración de que la actividad aquí descrita está teniendo lugar: { $likelihood }.
threat-offers = Valoración de que estos anuncios reclutan para centros de estafa: { $likelihood }.

## Modus operandi

mo-coercion = { $events ->
        [one] En uno de { $total } sucesos las fuentes indican que los trabajadores estaban retenidos o coaccionados.
       *[other] En { $events } de { $total } sucesos las fuentes indican que los trabajadores estaban retenidos o coaccionados.
    }
mo-coercion-all = { $events ->
        [one] Las fuentes del suceso indican que los trabajadores estaban retenidos o coaccionados.
       *[other] En los { $events } sucesos las fuentes indican que los trabajadores estaban retenidos o coaccionados.
    }
mo-roles = { $events ->
        [one] En un suceso una fuente califica de sospechosas a algunas de las personas retenidas; quienes se encuentran en los centros de estafa pueden ser víctimas obligadas a delinquir.
       *[other] En { $events } sucesos una fuente califica de sospechosas a algunas de las personas retenidas; quienes se encuentran en los centros de estafa pueden ser víctimas obligadas a delinquir.
    }
mo-responses = { $events ->
        [one] Uno de los sucesos es una operación policial o un rescate.
       *[other] { $events } de los sucesos son operaciones policiales o rescates.
    }
mo-campaigns = { $campaigns ->
        [one] { $reports ->
            [one] Una oferta de empleo redactada a partir de un modelo común recluta para estos centros.
           *[other] { $reports } ofertas de empleo redactadas a partir de un mismo modelo reclutan para estos centros.
        }
       *[other] { $reports ->
            [one] Una oferta de empleo, redactada a partir de { $campaigns } modelos comunes, recluta para estos centros.
           *[other] { $reports } ofertas de empleo, redactadas a partir de { $campaigns } modelos comunes, reclutan para estos centros.
        }
    }
mo-groups = { $campaigns ->
        [one] Un grupo de { $reports } ofertas de empleo, redactadas a partir de un modelo común, presenta indicios de captación para centros de estafa y menciona estos países: { $countries-bare }. Lo encontró un programa; no está comprobado que guarde relación con los hechos aquí descritos.
       *[other] { $campaigns } grupos de ofertas de empleo, cada uno redactado a partir de un modelo común ({ $reports } ofertas en total), presentan indicios de captación para centros de estafa y mencionan estos países: { $countries-bare }. Los encontró un programa; no está comprobado que guarden relación con los hechos aquí descritos.
    }
mo-template = { $reports ->
        [one] Un anuncio de empleo se redactó a partir de este modelo.
       *[other] { $reports } anuncios de empleo se redactaron a partir de un mismo modelo.
    }
mo-copies = { $copies ->
        [one] Uno de ellos copia otro palabra por palabra.
       *[other] { $copies } de ellos copian otro palabra por palabra.
    }
mo-wording = Texto que comparten: «{ $wording }»
mo-languages = Idiomas de los anuncios: { $languages }.
mo-channels = Medios de contacto que indican: { $channels }.
mo-destinations = Países que mencionan: { $countries }. El viaje puede terminar en otro lugar.

## Dónde están los centros

hubs-country = { $country-bare }: { $events ->
        [one] un suceso
       *[other] { $events } sucesos
    } desde { $since-precision ->
        [day] el { $since }
       *[other] { $since }
    }, según { $publishers ->
        [one] una fuente
       *[other] { $publishers } fuentes
    }.
hubs-place = Lugar que citan las fuentes: { $place }, { $country-bare } ({ $events ->
        [one] un suceso
       *[other] { $events } sucesos
    } desde { $since-precision ->
        [day] el { $since }
       *[other] { $since }
    }).
hubs-other = También se han denunciado centros de este tipo { $countries-in }.

## De dónde proceden las personas

origins-region = { $region }: { $countries }.

## Rutas

routes-one = { $events ->
        [one] Se conoce un suceso de personas llevadas { $route }, fechado { $since-precision ->
            [day] el { $since }
           *[other] en { $since }
        }.
       *[other] Se conocen { $events } sucesos de personas llevadas { $route }, el primero fechado { $since-precision ->
            [day] el { $since }
           *[other] en { $since }
        }.
    }

## Período

period-span = Primer suceso: { $first }; último suceso: { $last }.
period-once = Fecha de los sucesos: { $first }.
period-known = Son de conocimiento público desde { $since-precision ->
        [day] el { $since }
       *[other] { $since }
    }.
period-offers = Recepción de los anuncios: el primero, { $first }; el último, { $last }.
period-offers-once = Recepción de los anuncios: { $first }.

## Magnitud

scale-people = Desaparecidas, retenidas o liberadas, según las fuentes: { $people-max ->
        [one] { $people } persona
       *[other] { $people } personas
    } ({ $events ->
        [one] un suceso con cifras
       *[other] { $events } sucesos con cifras
    }). El intervalo tiene en cuenta las fuentes que discrepan y las personas contadas más de una vez.
scale-claim = { $publisher } cita un total de { $people ->
        [one] { $people } persona
       *[other] { $people } personas
    } ({ $known }); los totales se solapan y no deben sumarse.
scale-unstated = { $events ->
        [one] De un suceso ninguna fuente da cifras.
       *[other] De { $events } sucesos ninguna fuente da cifras.
    }

## Señales de alerta

signs-campaign = { $reports ->
        [one] Observadas en un anuncio: { $signs }.
       *[other] Observadas en un grupo de { $reports } anuncios de un mismo modelo: { $signs }.
    }
signs-one = { $offers ->
        [one] En uno de { $total } anuncios: { $sign }.
       *[other] En { $offers } de { $total } anuncios: { $sign }.
    }

sign-overseas_offer = empleo en el extranjero ofrecido a personas en su país
sign-hub_location = lugar de trabajo en una ciudad o zona conocida por sus centros de estafa
sign-salary_above_norm = sueldo muy superior a lo que vale allí ese trabajo
sign-no_experience = no se pide experiencia ni formación
sign-free_travel = viaje pagado por el empleador
sign-free_housing = alojamiento y comidas gratuitos
sign-visa_handled = visado y documentos a cargo del reclutador
sign-urgent = presión para decidir o partir de inmediato
sign-messaging_app_contact = contacto solo por aplicaciones de mensajería
sign-language_skill_bonus = paga adicional por hablar un idioma
sign-typing_or_chat_work = trabajo de mecanografía, de chat o de «atención al cliente»
sign-crypto_or_gaming = trabajo con criptoactivos, juegos o apuestas en línea
sign-age_or_gender_limits = límites de edad o de sexo
sign-passport_handover = entrega del pasaporte
sign-visa_run_or_border = viaje con visado de turista, salidas para renovar el visado o cruce irregular de la frontera
sign-vague_employer = empleador sin nombre o imposible de verificar
sign-debt_or_deposit = tasas, anticipos, fianzas o penalizaciones a cargo del trabajador
sign-group_recruiting_bonus = prima por llevar amigos o un grupo
sign-travel_paid_by_victim = viaje pagado por el trabajador, con promesa de reembolso
sign-easy_interview = entrevista reducida a un chat o a una prueba de mecanografía
sign-destination_changed = destino que cambia o que solo se comunica al llegar
sign-confinement = lugar de trabajo del que no se puede salir libremente, teléfonos retenidos
sign-euphemism = palabras en clave del oficio

## Medidas

action-border = Servicios de fronteras y aeropuertos: hablar por separado con los viajeros que parten hacia un nuevo empleo { $hubs-in }, también a través de terceros países; informarles de lo que se sabe y darles el número de una línea de ayuda.
action-border-any = Servicios de fronteras y aeropuertos: hablar por separado con los viajeros que parten hacia un nuevo empleo en el extranjero en las condiciones aquí descritas; informarles de lo que se sabe y darles el número de una línea de ayuda.
action-police = Policía: tratar a las personas halladas en los centros de estafa como posibles víctimas de trata obligadas a delinquir; identificarlas y oírlas antes de considerar cargos; conservar como prueba los teléfonos y los registros de mensajes.
action-embassy = Embajadas y consulados { $hubs-in }: publicar una advertencia en los idiomas de sus nacionales, mantener una línea abierta a toda hora y estar preparados para reponer los pasaportes retenidos.
action-embassy-any = Embajadas y consulados: publicar una advertencia en los idiomas de sus nacionales, mantener una línea abierta a toda hora y estar preparados para reponer los pasaportes retenidos.
action-bank = Bancos y servicios de pago: buscar comisiones de colocación, rescates y pagos a intermediarios que concuerden con las rutas y fechas indicadas, y comunicarlos a la unidad de inteligencia financiera.
action-platform = Plataformas y portales de empleo: buscar los anuncios aquí descritos, retirarlos, conservar copias para la policía y comunicar qué cuentas los publicaron.
action-public = Personas que buscan empleo: antes de partir, comprobar el empleador en el ministerio de trabajo o en una embajada; no viajar a trabajar con visado de turista; no entregar nunca el pasaporte; en caso de retención, llamar a la policía o a su embajada.
action-identifiers = { $identifiers ->
        [one] Todos los destinatarios: comparar el identificador que figura en esta notificación con sus propios registros y comunicar los resultados al emisor.
       *[other] Todos los destinatarios: comparar los { $identifiers } identificadores que figuran en esta notificación con sus propios registros y comunicar los resultados al emisor.
    }

## Probabilidad

likelihood-almost_no_chance = casi descartado (1–5 %)
likelihood-very_unlikely = muy improbable (5–20 %)
likelihood-unlikely = improbable (20–45 %)
likelihood-roughly_even_chance = probabilidad casi pareja (45–55 %)
likelihood-likely = probable (55–80 %)
likelihood-very_likely = muy probable (80–95 %)
likelihood-almost_certain = casi seguro (95–99 %)

## Rótulos

label-issuer = Emitida por
label-number = Número
label-author = Redactada por
label-created = Redactada el
label-issued = Emitida el
label-as-of = Basada en lo conocido al
label-review-by = Debe revisarse antes del
label-marking = Marcado
label-state = Estado
label-summary = Resumen
label-observables = Identificadores que deben buscarse
label-references = Referencias
label-no-observables = Esta notificación no contiene identificadores.
label-disclaimer = La organización arriba indicada emite esta notificación con Forewarn. Forewarn es independiente; no forma parte de INTERPOL ni de ninguna otra autoridad. El color sigue la convención pública de las notificaciones.
label-designations = Los nombres de países y territorios no implican juicio alguno sobre su condición jurídica.
label-claims = Las informaciones se citan como afirmaciones de sus fuentes. A ninguna persona se la presenta como víctima o como autora de un delito a título de hecho.
label-verify = Esta notificación está firmada. Cualquiera puede verificarla sin conexión con la clave pública del emisor.
label-verify-with = Verificar con
label-key = Clave
label-signature = Firma
label-table-kind = Tipo
label-table-value = Valor
label-table-refs = Referencias
label-table-number = N.º
label-table-source = Fuente
label-grading = Calificación
label-grading-meaning = Calificación según el sistema del Almirantazgo: de A a F para la fuente (A: totalmente fiable; F: no se puede valorar), de 1 a 6 para la información (1: confirmada; 6: no se puede valorar).
label-likelihood-meaning = Los términos de probabilidad corresponden a intervalos fijos, que se indican con ellos.
label-known-from = Conocido desde
label-supersedes = Sustituye a
label-superseded-by = Sustituida por
label-map = Mapa
label-timeline = Cronología
label-events = Sucesos
label-page = Página
label-of = de
label-language = Español

value-not-issued = aún sin emitir

## Tipos de identificadores

observable-phone = Número de teléfono
observable-email = Dirección de correo electrónico
observable-url = Dirección web
observable-domain = Dominio
observable-iban = Cuenta bancaria (IBAN)
observable-handle-telegram = Cuenta de Telegram
observable-handle-whatsapp = Cuenta de WhatsApp
observable-handle-line = Cuenta de LINE
observable-handle-wechat = Cuenta de WeChat
observable-handle-zalo = Cuenta de Zalo
observable-handle-viber = Cuenta de Viber
observable-handle-signal = Cuenta de Signal
observable-handle-kakao = Cuenta de KakaoTalk
observable-handle-qq = Cuenta de QQ
observable-handle-skype = Cuenta de Skype
observable-handle-facebook = Cuenta de Facebook
observable-handle-instagram = Cuenta de Instagram
observable-handle-tiktok = Cuenta de TikTok
observable-handle-x = Cuenta de X
observable-handle-imo = Cuenta de IMO
observable-handle-unknown = Nombre de cuenta
observable-crypto-btc = Dirección de Bitcoin
observable-crypto-eth = Dirección de Ethereum
observable-crypto-tron = Dirección de TRON
observable-crypto-ltc = Dirección de Litecoin

## Idiomas de los anuncios

language-am = amárico
language-ar = árabe
language-bn = bengalí
language-cs = checo
language-de = alemán
language-en = inglés
language-es = español
language-fa = persa
language-fil = filipino
language-fr = francés
language-hi = hindi
language-id = indonesio
language-it = italiano
language-ja = japonés
language-kk = kazajo
language-km = jemer
language-ko = coreano
language-lo = lao
language-mn = mongol
language-ms = malayo
language-my = birmano
language-ne = nepalí
language-nl = neerlandés
language-pl = polaco
language-pt = portugués
language-ro = rumano
language-ru = ruso
language-si = cingalés
language-sw = suajili
language-ta = tamil
language-th = tailandés
language-tr = turco
language-uk = ucraniano
language-ur = urdu
language-uz = uzbeko
language-vi = vietnamita
language-zh = chino

## Formas de los hechos

range = entre { $min } y { $max }
route = { $origin-from } hacia { $hub }
date-day = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
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

## Países cuyo nombre usual en el nomenclátor no conviene a una notificación

country-AG = Antigua y Barbuda
country-BA = Bosnia y Herzegovina
country-CD = República Democrática del Congo
country-CG = Congo
country-HK = Hong Kong (China)
country-MM = Myanmar
country-MO = Macao (China)
country-ST = Santo Tomé y Príncipe
country-TT = Trinidad y Tobago
country-VA = Ciudad del Vaticano

## Regiones (ONU M49)

region-002 = África
region-019 = Américas
region-142 = Asia
region-150 = Europa
region-009 = Oceanía
region-010 = Antártida
region-015 = África septentrional
region-011 = África occidental
region-017 = África central
region-014 = África oriental
region-018 = África meridional
region-021 = América septentrional
region-013 = América Central
region-029 = Caribe
region-005 = América del Sur
region-143 = Asia central
region-030 = Asia oriental
region-035 = Asia sudoriental
region-034 = Asia meridional
region-145 = Asia occidental
region-151 = Europa oriental
region-154 = Europa septentrional
region-039 = Europa meridional
region-155 = Europa occidental
region-053 = Australia y Nueva Zelandia
region-054 = Melanesia
region-057 = Micronesia
region-061 = Polinesia

## Resultados del control de conformidad

place-notice = La notificación
place-headline = Título
place-statement = Frase { $number }
place-observable = Identificador { $number }
place-field-author = Redactor
place-field-issuer = Emisor
place-field-number = Número
place-field-marking = Marcado
place-field-review-by = Fecha de revisión
place-field-as-of = Fecha de lo conocido

severity-block = bloquea
severity-warn = advierte

rule-rpd-data-quality = Reglamento de INTERPOL sobre el Tratamiento de Datos: calidad de los datos
rule-rpd-retention = Reglamento de INTERPOL sobre el Tratamiento de Datos: conservación
rule-rpd-sensitive-data = Reglamento de INTERPOL sobre el Tratamiento de Datos: datos sensibles
rule-rpd-arts-88-96 = Reglamento de INTERPOL sobre el Tratamiento de Datos, artículos 88 a 96
rule-constitution-art-2 = Estatuto de INTERPOL, artículo 2: derechos humanos
rule-constitution-art-3 = Estatuto de INTERPOL, artículo 3: neutralidad
rule-tlp-2-0 = Traffic Light Protocol 2.0
finding-line = { $place }: { $text } [{ $rule }; { $severity }]
finding-field-blank = Este campo está vacío.
finding-section-missing = Falta la parte «{ $section }», obligatoria en este tipo de notificación.
finding-section-order = Las frases no siguen el orden de las partes.
finding-alarm-missing = Una notificación de este tipo se basa en una alarma; no se indica ninguna.
finding-message-unknown = La frase remite al mensaje «{ $name }», que no se admite aquí.
finding-fact-form = El hecho «{ $name }» falta, sobra o no es del tipo debido.
finding-publishers-few = { $publishers ->
        [0] No se nombra ninguna fuente; se necesitan al menos { $least } fuentes independientes, o un motivo.
        [one] Solo una fuente respalda la notificación; se necesitan al menos { $least } independientes, o un motivo.
       *[other] Solo { $publishers } fuentes respaldan la notificación; se necesitan al menos { $least } independientes, o un motivo.
    }
finding-publisher-single = Solo una fuente respalda esta frase.
finding-grading-poor = Todo lo que respalda esta frase está calificado de dudoso o peor, o procede de fuentes poco fiables.
finding-grading-unknown = Nada de lo que respalda esta frase ha sido calificado.
finding-known-later = Una referencia solo se conoció el { $known }, después de la fecha en que se basa la notificación.
finding-as-of-late = La notificación afirma conocer lo que es posterior a su redacción.
finding-neutrality = La palabra «{ $term }» puede dar a la notificación un carácter político, militar, religioso o racial.
finding-sensitive = La palabra «{ $term }» apunta a datos especialmente sensibles.
finding-person-label = Las palabras «{ $term }» califican a una persona; hace falta citar una sentencia.
finding-person-name = «{ $name }» puede ser el nombre de una persona.
finding-marking-above = El marcado { $marking } supera el de los destinatarios, { $audience }.
finding-public-identifier = Un identificador que puede pertenecer a una persona no debe ser público.
finding-retention-long = { $days ->
        [one] La revisión está prevista al cabo de { $days } día; se admiten { $most } como máximo.
       *[other] La revisión está prevista al cabo de { $days } días; se admiten { $most } como máximo.
    }
finding-retention-past = La fecha de revisión no es posterior al día de la redacción.
finding-extract-empty = No se eligió nada que tenga forma pública.
finding-extract-advice = No se eligieron los consejos para quienes buscan empleo.
finding-extract-form = Esta frase («{ $name }») no tiene forma pública.
finding-extract-above = { $references ->
        [one] Un elemento en que se basa está marcado por encima de TLP:CLEAR; su fuente debe dar su acuerdo.
       *[other] { $references } elementos en que se basa están marcados por encima de TLP:CLEAR; sus fuentes deben dar su acuerdo.
    }

## En qué se basa una frase

source-campaign = { $offers ->
        [one] Grupo de una oferta de empleo
       *[other] Grupo de { $offers } ofertas de empleo semejantes
    }
source-alarm = Alarma del { $day }: { $subject-bare }
source-alarm-place = Alarma del { $day }: { $place }, { $country-bare }
source-report = Comunicación recibida de { $name }
source-reply = Respuesta de { $member } a { $number }
