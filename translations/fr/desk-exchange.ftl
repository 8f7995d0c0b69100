# L'échange avec les autres.
exchange-lead = Ce qui part vers les partenaires, ce qui en vient, et ce que les deux côtés ont en commun.
exchange-for-partners = Votre nœud y récupère et y dépose des objets, et y apporte les messages de comparaison privée.
exchange-collections = Collections (TAXII 2.1)
exchange-talk = Demandes d'entretien
exchange-talk-empty = Aucune correspondance n'attend d'entretien.
exchange-talk-hint = Chaque correspondance est une demande d'entretien avec l'agent de l'autre côté. Rien d'autre n'a été montré à personne.
exchange-outcome = Résultat de l'entretien
exchange-talked = Noter l'entretien
exchange-partners = Partenaires
exchange-partners-empty = Il n'y a pas encore de partenaire.
exchange-partner = Partenaire
exchange-waiting = En attente
exchange-for-it = Pour lui
exchange-from-it = De lui
exchange-held = Retenus
exchange-last = Dernier essai
exchange-match = Comparaison privée
exchange-match-hint = Savoir quelles valeurs la liste d'un partenaire et la nôtre ont en commun, et rien d'autre. Un numéro de téléphone se devine : les limites et le journal d'audit bornent les essais.
exchange-match-empty = Il faut un ensemble à nous et un accord avec un partenaire.
exchange-ask = Interroger un partenaire
exchange-set = Ensemble
exchange-about = Objet
exchange-ask-file = Créer la question en fichier
exchange-take = Recevoir un message
exchange-file = Fichier
exchange-take-hint = Une question, une réponse ou une clôture remise en main propre. Ce qui repart vient en fichier.
exchange-take-file = Recevoir
exchange-agreements = Accords
exchange-our-set = Notre ensemble
exchange-learns = Qui apprend
exchange-limits = Limites
exchange-not-in-force = pas en vigueur
exchange-sets = Ensembles
exchange-values = Valeurs
exchange-officer = Agent
exchange-made = Fait le
exchange-matches = Comparaisons
exchange-state = État
exchange-hits = Correspondances
exchange-we-asked = nous avons demandé
exchange-they-asked = ils ont demandé
exchange-statistics = Statistiques
exchange-statistics-hint = Les tableaux bruités peuvent être publiés. Leur coût pour la vie privée s'additionne et s'arrête au budget.
exchange-who = Qui
exchange-what = Quoi
exchange-cost = ε
exchange-may-not-ask = ne peut pas demander
exchange-learns-requester = le côté qui demande
exchange-learns-both = les deux côtés
exchange-purpose-values = valeurs
exchange-purpose-cases = nombres par dossier
exchange-state-asked = demandé
exchange-state-answered = répondu
exchange-state-finished = terminé
exchange-budget = ε { $spent } sur { $budget } dépensé
exchange-limit = { $questions ->
    [one] { $questions } question, { $values } valeurs par jour
   *[other] { $questions } questions, { $values } valeurs par jour
}
exchange-in-common = { $count ->
    [one] { $count } valeur en commun
   *[other] { $count } valeurs en commun
}
done-exchange-talked = L'entretien a été noté.
done-exchange-taken = Le message a été reçu.
