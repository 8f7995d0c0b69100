# Signalements : la recherche et la fiche.
report-lead = Annonces, conversations, signalements, articles : retrouvez-les par des mots de toute écriture et par ce que l’on en sait.
report-hint = Tous les mots doivent y être. « Entre guillemets » : une expression ; début* : le début d’un mot ; -mot : sans ce mot. Accents et majuscules ne comptent pas.
report-any = Tous
report-search = Chercher
report-further = Autres filtres
report-chosen = Filtres choisis
report-take-away = (retirer)
report-none = Rien trouvé
report-none-hint = Essayez moins de mots ou de filtres. Les signalements entrent par « forewarn ingest » ; vous voyez ceux pour lesquels vous êtes habilité.
report-pages = Pages
report-first-page = Première page
report-campaign = Campagne
report-more-than = Plus de { $count } résultats
report-waiting = { $count ->
    [one] { $count } signalement attend d’être lu et n’est pas encore trouvé.
   *[other] { $count } signalements attendent d’être lus et ne sont pas encore trouvés.
}
report-seen-times = { $count ->
    [one] Vu { $count } fois
   *[other] Vu { $count } fois
}
report-field-q = Mots
report-field-kind = Nature
report-field-verdict = Verdict
report-field-country = Pays
report-field-language = Langue
report-field-sort = Ordre
report-field-identifier = Identifiant
report-field-identifier-kind = Nature d’identifiant
report-field-tlp = Marquage
report-field-grading = Cotation au moins
report-field-claims = Affirmations sur la tendance
report-field-source = Source
report-field-campaign = Campagne
report-field-from = Reçu à partir du
report-field-to = Reçu jusqu’au
report-field-published-from = Publié à partir du
report-field-published-to = Publié jusqu’au
report-field-probability-min = Probabilité à partir de
report-field-probability-max = Probabilité jusqu’à
report-kind-job-ad = Annonce d’emploi
report-kind-chat = Conversation
report-kind-scam-report = Signalement d’escroquerie
report-kind-testimony = Témoignage
report-kind-news = Article de presse
report-kind-advisory = Avis d’une autorité
report-verdict-strong-signs = Signes forts
report-verdict-some-signs = Quelques signes
report-verdict-no-known-signs = Aucun signe connu
report-sort-newest = Les plus récents d’abord
report-sort-score = Score le plus élevé d’abord
report-claims-yes = Avec affirmations
report-claims-no = Sans affirmation
report-text = Texte
report-key = Signification des marques
report-key-sign = signe d’alerte
report-key-contact = contact
report-key-web = adresse web
report-key-money = argent, compte
report-key-place = lieu
report-normalized = Original et texte normalisé côte à côte
report-normalized-hint = Les règles et la recherche lisent le texte normalisé : une seule forme pour lettres semblables, chiffres, casse et points cachés.
report-original = Original
report-normalized-text = Normalisé
report-reasons = Raisons du score
report-reasons-hint = En logarithme des cotes : l’apport de chaque raison. À droite : pour un recrutement vers un centre d’escroquerie ; à gauche : contre. Leur somme est le score.
report-dated = Enregistré à { $chance } : les règles ou le modèle ont changé depuis.
report-reason = Raison
report-log-odds = Log-cotes
report-bar = Poids
report-reason-prior = Avant toute lecture
report-reason-structure = Montré par l’ensemble du texte.
report-reason-wording = Formulation, apprise d’exemples
report-money = Somme d’argent
report-identifiers = Identifiants
report-times = Fois
report-claims-title = Affirmations sur la tendance
report-claims-all = Toutes les affirmations
report-claim-decide = Décider
report-claim-confirmed = confirmée
report-claim-rejected = rejetée
report-facts = Données
report-id = Identifiant
report-published = publié { $time }
report-kept = reste auprès de { $organisation }
report-marking = Marquage et cotation
report-mark-tlp = Diffusion (TLP)
report-mark-pap = Actions permises (PAP)
report-mark-reliability = Source
report-mark-credibility = Information
report-why = Pourquoi
report-change = Modifier
report-history = Historique
report-changed-by = { $who } : { $why }
done-report-marked = Le marquage et la cotation sont modifiés.
done-report-unchanged = C’était déjà ainsi : rien n’a été modifié.
report-shown-by = Montré par
report-slight = { $count ->
    [one] { $count } raison de moindre poids
   *[other] { $count } raisons de moindre poids
}
