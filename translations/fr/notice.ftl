# Messages des notices, français. Mêmes messages et mêmes faits que dans le catalogue anglais, qui explique
# les formes des faits ; un test le vérifie.

## Types et états

kind-orange = Notice orange
kind-orange-meaning = Alerte sur un événement, une personne, un objet ou un procédé qui constitue une menace grave et imminente pour la sécurité publique.
kind-purple = Notice mauve
kind-purple-meaning = Décrit la façon dont une infraction est commise : le mode opératoire, les objets, les dispositifs et les procédés de dissimulation.

state-draft = Projet, non publié
state-in_review = En cours d’examen, non publié
state-approved = Approuvée, pas encore publiée
state-issued = Publiée
state-superseded = Remplacée
state-withdrawn = Retirée
state-expired = Expirée

## Titres

section-threat = Menace
section-modus_operandi = Mode opératoire
section-hubs = Lieux des centres
section-origins = Origine des personnes
section-routes = Itinéraires
section-period = Période
section-scale = Ampleur
section-signs = Signes d’alerte dans les offres
section-actions = Mesures recommandées

## Intitulés

headline-hub = Centres d’escroquerie employant des travailleurs sous contrainte signalés { $country-in }
headline-place = Centre d’escroquerie employant des travailleurs sous contrainte signalé à { $place }, { $country-bare }
headline-origin = Personnes originaires { $country-from } retenues dans des centres d’escroquerie
headline-route = Nouvel itinéraire vers les centres d’escroquerie : { $route }
headline-region = Centres d’escroquerie employant des travailleurs sous contrainte signalés dans une nouvelle région : { $region }
headline-acceleration = Hausse des signalements de centres d’escroquerie employant des travailleurs sous contrainte : { $subject-bare }
headline-displacement = Déplacement de centres d’escroquerie : { $subject-bare }
headline-campaign = { $reports ->
        [one] Comment une annonce d’emploi attire des personnes dans des centres d’escroquerie
       *[other] Comment { $reports } annonces d’emploi issues d’un même modèle attirent des personnes dans des centres d’escroquerie
    }

## Menace

threat-events = { $events ->
        [one] Un événement, rapporté par { $publishers ->
            [one] une source
           *[other] { $publishers } sources
        } et connu
       *[other] { $events } événements, rapportés par { $publishers ->
            [one] une source
           *[other] { $publishers } sources
        } et connus
    } au { $known } : des personnes ont été retenues ou contraintes de travailler dans des centres d’escroquerie { $hubs-in }.
threat-events-any = { $events ->
        [one] Un événement, rapporté par { $publishers ->
            [one] une source
           *[other] { $publishers } sources
        } et connu
       *[other] { $events } événements, rapportés par { $publishers ->
            [one] une source
           *[other] { $publishers } sources
        } et connus
    } au { $known } : des personnes ont été retenues ou contraintes de travailler dans des centres d’escroquerie.
threat-alarm = { $sources ->
        [one] L’alarme à l’origine de cette notice a été déclenchée le { $raised } sur la foi d’une seule source.
       *[other] L’alarme à l’origine de cette notice a été déclenchée le { $raised } sur la foi de { $sources } sources indépendantes.
    }
threat-rarity = { $days ->
        [1] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue chaque jour.
       *[other] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue environ une fois tous les { $days } jours.
    }
threat-rarity-months = { $months ->
        [one] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue environ une fois par mois.
       *[other] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue environ une fois en { $months } mois.
    }
threat-rarity-years = { $years ->
        [one] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue environ une fois par an.
       *[other] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue environ une fois en { $years } ans.
    }
threat-rarity-months-bound = { $months ->
        [one] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue moins d’une fois par mois. Les données sont trop courtes pour en dire plus.
       *[other] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue moins d’une fois en { $months } mois. Les données sont trop courtes pour en dire plus.
    }
threat-rarity-years-bound = { $years ->
        [one] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue moins d’une fois par an. Les données sont trop courtes pour en dire plus.
       *[other] En l’absence de tout fait nouveau, une alarme aussi forte serait attendue moins d’une fois en { $years } ans. Les données sont trop courtes pour en dire plus.
    }
threat-estimate = Évaluation selon laquelle l’activité décrite ici a lieu : { $likelihood }.
threat-offers = Évaluation selon laquelle ces annonces recrutent pour des centres d’escroquerie : { $likelihood }.

## Mode opératoire

mo-coercion = { $events ->
        [one] Pour un événement sur { $total }, les sources indiquent que les travailleurs étaient retenus ou contraints.
       *[other] Pour { $events } événements sur { $total }, les sources indiquent que les travailleurs étaient retenus ou contraints.
    }
mo-coercion-all = { $events ->
        [one] Les sources de l’événement indiquent que les travailleurs étaient retenus ou contraints.
       *[other] Pour l’ensemble des { $events } événements, les sources indiquent que les travailleurs étaient retenus ou contraints.
    }
mo-roles = { $events ->
        [one] Pour un événement, une source qualifie de suspectes une partie des personnes retenues ; les personnes trouvées dans les centres d’escroquerie peuvent être des victimes contraintes de commettre des infractions.
       *[other] Pour { $events } événements, une source qualifie de suspectes une partie des personnes retenues ; les personnes trouvées dans les centres d’escroquerie peuvent être des victimes contraintes de commettre des infractions.
    }
mo-responses = { $events ->
        [one] L’un des événements est une opération de police ou un sauvetage.
       *[other] { $events } des événements sont des opérations de police ou des sauvetages.
    }
mo-campaigns = { $campaigns ->
        [one] { $reports ->
            [one] Une offre d’emploi rédigée d’après un modèle commun recrute pour ces centres.
           *[other] { $reports } offres d’emploi rédigées d’après un même modèle recrutent pour ces centres.
        }
       *[other] { $reports ->
            [one] Une offre d’emploi, rédigée d’après { $campaigns } modèles communs, recrute pour ces centres.
           *[other] { $reports } offres d’emploi, rédigées d’après { $campaigns } modèles communs, recrutent pour ces centres.
        }
    }
mo-groups = { $campaigns ->
        [one] Un groupe de { $reports } offres d’emploi, rédigées d’après un modèle commun, porte les signes d’un recrutement pour des centres d’escroquerie et mentionne les pays suivants : { $countries-bare }. Un programme l’a trouvé ; il n’est pas établi qu’il ait un lien avec les événements décrits ici.
       *[other] { $campaigns } groupes d’offres d’emploi, rédigées chacun d’après un modèle commun ({ $reports } offres en tout), portent les signes d’un recrutement pour des centres d’escroquerie et mentionnent les pays suivants : { $countries-bare }. Un programme les a trouvés ; il n’est pas établi qu’ils aient un lien avec les événements décrits ici.
    }
mo-template = { $reports ->
        [one] Une annonce d’emploi a été rédigée d’après ce modèle.
       *[other] { $reports } annonces d’emploi ont été rédigées d’après un même modèle.
    }
mo-copies = { $copies ->
        [one] L’une d’elles en copie une autre mot pour mot.
       *[other] { $copies } d’entre elles en copient une autre mot pour mot.
    }
mo-wording = Formulation commune : « { $wording } »
mo-languages = Langues des annonces : { $languages }.
mo-channels = Moyens de contact indiqués : { $channels }.
mo-destinations = Pays mentionnés : { $countries }. Le voyage peut se terminer ailleurs.

## Lieux des centres

hubs-country = { $country-bare } : { $events ->
        [one] un événement
       *[other] { $events } événements
    } depuis { $since-precision ->
        [day] le { $since }
       *[other] { $since }
    }, { $events ->
        [one] rapporté
       *[other] rapportés
    } par { $publishers ->
        [one] une source
       *[other] { $publishers } sources
    }.
hubs-place = Lieu nommé par les sources : { $place }, { $country-bare } ({ $events ->
        [one] un événement
       *[other] { $events } événements
    } depuis { $since-precision ->
        [day] le { $since }
       *[other] { $since }
    }).
hubs-other = De tels centres ont aussi été signalés { $countries-in }.

## Origine des personnes

origins-region = { $region } : { $countries }.

## Itinéraires

routes-one = { $events ->
        [one] Un événement est connu où des personnes ont été emmenées { $route } ({ $since }).
       *[other] { $events } événements sont connus où des personnes ont été emmenées { $route } (le premier : { $since }).
    }

## Période

period-span = Premier événement : { $first } ; dernier événement : { $last }.
period-once = Date des événements : { $first }.
period-known = Ils sont publiquement connus depuis { $since-precision ->
        [day] le { $since }
       *[other] { $since }
    }.
period-offers = Réception des annonces : la première, { $first } ; la dernière, { $last }.
period-offers-once = Réception des annonces : { $first }.

## Ampleur

scale-people = Signalées disparues, retenues ou libérées : { $people-max ->
        [one] { $people } personne
       *[other] { $people } personnes
    } ({ $events ->
        [one] un événement chiffré
       *[other] { $events } événements chiffrés
    }). La fourchette tient compte des sources qui se contredisent et des personnes comptées plusieurs fois.
scale-claim = { $publisher } cite un total de { $people ->
        [one] { $people } personne
       *[other] { $people } personnes
    } ({ $known }) ; les totaux se recoupent et ne s’additionnent pas.
scale-unstated = { $events ->
        [one] Pour un événement, aucune source ne donne de chiffre.
       *[other] Pour { $events } événements, aucune source ne donne de chiffre.
    }

## Signes d’alerte

signs-campaign = { $reports ->
        [one] Relevés dans une annonce : { $signs }.
       *[other] Relevés dans un groupe de { $reports } annonces issues d’un même modèle : { $signs }.
    }
signs-one = { $offers ->
        [one] Dans une annonce sur { $total } : { $sign }.
       *[other] Dans { $offers } annonces sur { $total } : { $sign }.
    }

sign-overseas_offer = emploi à l’étranger proposé à des personnes dans leur pays
sign-hub_location = lieu de travail dans une ville ou une zone connue pour ses centres d’escroquerie
sign-salary_above_norm = rémunération très supérieure à ce que vaut ce travail sur place
sign-no_experience = aucune expérience ni qualification demandée
sign-free_travel = voyage payé par l’employeur
sign-free_housing = logement et repas gratuits
sign-visa_handled = visa et papiers pris en charge par le recruteur
sign-urgent = pression pour se décider ou partir aussitôt
sign-messaging_app_contact = contact par messagerie uniquement
sign-language_skill_bonus = supplément de salaire pour la pratique d’une langue
sign-typing_or_chat_work = travail de saisie, de tchat ou de « service client »
sign-crypto_or_gaming = travail dans les cryptoactifs, les jeux ou les paris en ligne
sign-age_or_gender_limits = limites d’âge ou de sexe
sign-passport_handover = passeport à remettre
sign-visa_run_or_border = voyage avec un visa de tourisme, renouvellements de visa à la frontière ou passage irrégulier
sign-vague_employer = employeur non nommé ou invérifiable
sign-debt_or_deposit = frais, avances, cautions ou pénalités à la charge du travailleur
sign-group_recruiting_bonus = prime pour amener des amis ou un groupe
sign-travel_paid_by_victim = voyage payé par le travailleur, avec promesse de remboursement
sign-easy_interview = entretien réduit à une conversation en ligne ou à un test de saisie
sign-destination_changed = destination qui change, ou qui n’est indiquée qu’à l’arrivée
sign-confinement = lieu de travail que l’on ne peut pas quitter librement, téléphones retenus
sign-euphemism = mots codés du milieu

## Mesures

action-border = Services des frontières et des aéroports : s’entretenir à part avec les voyageurs qui partent pour un nouvel emploi { $hubs-in }, y compris par un pays tiers ; les informer de ce qui est connu et leur remettre le numéro d’une ligne d’assistance.
action-border-any = Services des frontières et des aéroports : s’entretenir à part avec les voyageurs qui partent pour un nouvel emploi à l’étranger dans les conditions décrites ici ; les informer de ce qui est connu et leur remettre le numéro d’une ligne d’assistance.
action-police = Police : considérer les personnes trouvées dans les centres d’escroquerie comme de possibles victimes de la traite contraintes de commettre des infractions ; les identifier et les entendre avant d’envisager des poursuites ; préserver comme preuves les téléphones et les échanges de messages.
action-embassy = Ambassades et consulats { $hubs-in } : publier une mise en garde dans les langues de vos ressortissants, tenir une ligne ouverte à toute heure et se préparer à remplacer les passeports confisqués.
action-embassy-any = Ambassades et consulats : publier une mise en garde dans les langues de vos ressortissants, tenir une ligne ouverte à toute heure et se préparer à remplacer les passeports confisqués.
action-bank = Banques et services de paiement : rechercher les frais de placement, les rançons et les paiements à des intermédiaires qui correspondent aux itinéraires et aux dates indiqués, et les déclarer à la cellule de renseignement financier.
action-platform = Plateformes et sites d’emploi : rechercher les annonces décrites ici, les retirer, en conserver des copies pour la police et signaler les comptes qui les ont publiées.
action-public = Demandeurs d’emploi : avant de partir, vérifier l’employeur auprès du ministère du Travail ou d’une ambassade ; ne pas voyager pour travailler avec un visa de tourisme ; ne jamais remettre son passeport ; en cas de rétention, appeler la police ou son ambassade.
action-identifiers = { $identifiers ->
        [one] Tous les destinataires : comparer l’identifiant indiqué dans cette notice avec vos propres fichiers et communiquer les résultats à l’émetteur.
       *[other] Tous les destinataires : comparer les { $identifiers } identifiants indiqués dans cette notice avec vos propres fichiers et communiquer les résultats à l’émetteur.
    }

## Probabilité

likelihood-almost_no_chance = presque exclu (1–5 %)
likelihood-very_unlikely = très improbable (5–20 %)
likelihood-unlikely = improbable (20–45 %)
likelihood-roughly_even_chance = chances à peu près égales (45–55 %)
likelihood-likely = probable (55–80 %)
likelihood-very_likely = très probable (80–95 %)
likelihood-almost_certain = presque certain (95–99 %)

## Libellés

label-issuer = Émise par
label-number = Numéro
label-author = Rédigée par
label-created = Rédigée le
label-issued = Publiée le
label-as-of = Fondée sur ce qui était connu au
label-review-by = À réexaminer avant le
label-marking = Marquage
label-state = État
label-summary = Résumé
label-observables = Identifiants à rechercher
label-references = Références
label-no-observables = Cette notice ne mentionne aucun identifiant.
label-disclaimer = L’organisation nommée ci-dessus publie cette notice au moyen de Forewarn. Forewarn est indépendant ; il ne fait partie ni d’INTERPOL ni d’aucune autre autorité. La couleur suit la convention publique des notices.
label-designations = Les noms de pays et de territoires n’impliquent aucune prise de position sur leur statut juridique.
label-claims = Les informations sont citées comme des affirmations de leurs sources. Aucune personne n’est présentée comme victime ou comme auteur d’une infraction à titre de fait établi.
label-verify = Cette notice est signée. Chacun peut la vérifier hors ligne avec la clé publique de l’émetteur.
label-verify-with = Vérifier avec
label-key = Clé
label-signature = Signature
label-table-kind = Type
label-table-value = Valeur
label-table-refs = Références
label-table-number = N°
label-table-source = Source
label-grading = Cotation
label-grading-meaning = Cotation selon le système de l’Amirauté : A à F pour la source (A : entièrement fiable, F : fiabilité impossible à apprécier), 1 à 6 pour l’information (1 : confirmée, 6 : véracité impossible à apprécier).
label-likelihood-meaning = Les termes de probabilité correspondent à des fourchettes fixes, indiquées avec eux.
label-known-from = Connu depuis
label-supersedes = Remplace
label-superseded-by = Remplacée par
label-map = Carte
label-timeline = Chronologie
label-events = Événements
label-page = Page
label-of = sur
label-language = Français

value-not-issued = pas encore publiée

## Types d’identifiants

observable-phone = Numéro de téléphone
observable-email = Adresse électronique
observable-url = Adresse web
observable-domain = Nom de domaine
observable-iban = Compte bancaire (IBAN)
observable-handle-telegram = Compte Telegram
observable-handle-whatsapp = Compte WhatsApp
observable-handle-line = Compte LINE
observable-handle-wechat = Compte WeChat
observable-handle-zalo = Compte Zalo
observable-handle-viber = Compte Viber
observable-handle-signal = Compte Signal
observable-handle-kakao = Compte KakaoTalk
observable-handle-qq = Compte QQ
observable-handle-skype = Compte Skype
observable-handle-facebook = Compte Facebook
observable-handle-instagram = Compte Instagram
observable-handle-tiktok = Compte TikTok
observable-handle-x = Compte X
observable-handle-imo = Compte IMO
observable-handle-unknown = Nom de compte
observable-crypto-btc = Adresse Bitcoin
observable-crypto-eth = Adresse Ethereum
observable-crypto-tron = Adresse TRON
observable-crypto-ltc = Adresse Litecoin

## Langues des annonces

language-am = amharique
language-ar = arabe
language-bn = bengali
language-cs = tchèque
language-de = allemand
language-en = anglais
language-es = espagnol
language-fa = persan
language-fil = filipino
language-fr = français
language-hi = hindi
language-id = indonésien
language-it = italien
language-ja = japonais
language-kk = kazakh
language-km = khmer
language-ko = coréen
language-lo = lao
language-mn = mongol
language-ms = malais
language-my = birman
language-ne = népalais
language-nl = néerlandais
language-pl = polonais
language-pt = portugais
language-ro = roumain
language-ru = russe
language-si = cingalais
language-sw = swahili
language-ta = tamoul
language-th = thaï
language-tr = turc
language-uk = ukrainien
language-ur = ourdou
language-uz = ouzbek
language-vi = vietnamien
language-zh = chinois

## Formes des faits

range = entre { $min } et { $max }
route = { $origin-from } vers { $hub }
date-day = { $day ->
        [1] 1er
       *[other] { $day }
    } { $month } { $year }
date-month = { $month } { $year }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

## Pays dont le nom usuel dans le répertoire ne convient pas à une notice

country-AG = Antigua-et-Barbuda
country-BA = Bosnie-Herzégovine
country-CD = République démocratique du Congo
country-CG = Congo
country-HK = Hong Kong (Chine)
country-MM = Myanmar
country-MO = Macao (Chine)
country-ST = Sao Tomé-et-Principe
country-TT = Trinité-et-Tobago
country-VA = Vatican

## Régions (ONU M49)

region-002 = Afrique
region-019 = Amériques
region-142 = Asie
region-150 = Europe
region-009 = Océanie
region-010 = Antarctique
region-015 = Afrique du Nord
region-011 = Afrique de l’Ouest
region-017 = Afrique centrale
region-014 = Afrique de l’Est
region-018 = Afrique australe
region-021 = Amérique du Nord
region-013 = Amérique centrale
region-029 = Caraïbes
region-005 = Amérique du Sud
region-143 = Asie centrale
region-030 = Asie de l’Est
region-035 = Asie du Sud-Est
region-034 = Asie du Sud
region-145 = Asie occidentale
region-151 = Europe de l’Est
region-154 = Europe du Nord
region-039 = Europe du Sud
region-155 = Europe de l’Ouest
region-053 = Australie et Nouvelle-Zélande
region-054 = Mélanésie
region-057 = Micronésie
region-061 = Polynésie

## Constats du contrôle de conformité

place-notice = La notice
place-headline = Intitulé
place-statement = Phrase { $number }
place-observable = Identifiant { $number }
place-field-author = Rédacteur
place-field-issuer = Émetteur
place-field-number = Numéro
place-field-marking = Marquage
place-field-review-by = Date de réexamen
place-field-as-of = Date des connaissances

severity-block = bloquant
severity-warn = avertissement

rule-rpd-data-quality = Règlement d’INTERPOL sur le traitement des données : qualité des données
rule-rpd-retention = Règlement d’INTERPOL sur le traitement des données : conservation
rule-rpd-sensitive-data = Règlement d’INTERPOL sur le traitement des données : données sensibles
rule-rpd-arts-88-96 = Règlement d’INTERPOL sur le traitement des données, articles 88 à 96
rule-constitution-art-2 = Statut d’INTERPOL, article 2 : droits de l’homme
rule-constitution-art-3 = Statut d’INTERPOL, article 3 : neutralité
rule-tlp-2-0 = Traffic Light Protocol 2.0
finding-line = { $place } : { $text } [{ $rule } ; { $severity }]
finding-field-blank = Ce champ est vide.
finding-section-missing = La partie « { $section } », obligatoire pour ce type de notice, manque.
finding-section-order = Les phrases ne suivent pas l’ordre des parties.
finding-alarm-missing = Une notice de ce type repose sur une alarme ; aucune n’est indiquée.
finding-message-unknown = La phrase renvoie au message « { $name } », qui n’est pas admis ici.
finding-fact-form = Le fait « { $name } » manque, est superflu ou n’est pas du bon type.
finding-publishers-few = { $publishers ->
        [0] Aucune source n’est nommée ; il faut au moins { $least } sources indépendantes, ou un motif.
        [one] Une seule source fonde la notice ; il en faut au moins { $least } indépendantes, ou un motif.
       *[other] Seules { $publishers } sources fondent la notice ; il en faut au moins { $least } indépendantes, ou un motif.
    }
finding-publisher-single = Une seule source fonde cette phrase.
finding-grading-poor = Tout ce qui fonde cette phrase est coté douteux ou moins, ou provient de sources peu fiables.
finding-grading-unknown = Rien de ce qui fonde cette phrase n’a été coté.
finding-known-later = Une référence n’a été connue que le { $known }, après la date des connaissances de la notice.
finding-as-of-late = La notice prétend connaître ce qui est postérieur à sa rédaction.
finding-neutrality = Le mot « { $term } » peut donner à la notice un caractère politique, militaire, religieux ou racial.
finding-sensitive = Le mot « { $term } » renvoie à des données particulièrement sensibles.
finding-person-label = Les mots « { $term } » qualifient une personne ; il faut citer une décision de justice.
finding-person-name = « { $name } » est peut-être le nom d’une personne.
finding-marking-above = Le marquage { $marking } dépasse celui du public visé, { $audience }.
finding-public-identifier = Un identifiant qui peut appartenir à une personne ne doit pas être public.
finding-retention-long = { $days ->
        [one] Le réexamen est prévu après { $days } jour ; { $most } au plus sont admis.
       *[other] Le réexamen est prévu après { $days } jours ; { $most } au plus sont admis.
    }
finding-retention-past = La date de réexamen n’est pas postérieure au jour de la rédaction.
finding-extract-empty = Rien de ce qui a été choisi n’a de forme publique.
finding-extract-advice = Les conseils aux demandeurs d’emploi n’ont pas été choisis.
finding-extract-form = Cette phrase (« { $name } ») n’a pas de forme publique.
finding-extract-above = { $references ->
        [one] Un élément sur lequel elle repose est marqué au-dessus de TLP:CLEAR ; sa source doit donner son accord.
       *[other] { $references } éléments sur lesquels elle repose sont marqués au-dessus de TLP:CLEAR ; leurs sources doivent donner leur accord.
    }

## Ce sur quoi repose une phrase

source-campaign = { $offers ->
        [one] Groupe d’une offre d’emploi
       *[other] Groupe de { $offers } offres d’emploi semblables
    }
source-alarm = Alarme du { $day } : { $subject-bare }
source-alarm-place = Alarme du { $day } : { $place }, { $country-bare }
source-report = Signalement reçu de { $name }
source-reply = Réponse de { $member } à { $number }
