# Pages of notices: board, draft, review, issue, distribution, extract.
notice-board-lead = Du projet à l’alerte signée : personne n’approuve seul, ni son propre travail.
notice-verify = Vérifier une copie
notice-public = Alertes publiques
notice-due = À réexaminer
notice-empty = Il n’y a pas encore de notice
notice-empty-hint = Commencez par une alarme : une notice orange en est tirée. Ou par une campagne : une notice mauve dit comment elle recrute.
notice-column-draft = Projet
notice-column-in-review = En examen
notice-column-approved = Approuvée
notice-column-issued = Publiée
notice-column-ended = Terminée
notice-state-draft = Projet
notice-state-in-review = En examen
notice-state-approved = Approuvée
notice-state-issued = Publiée
notice-state-superseded = Remplacée
notice-state-withdrawn = Retirée
notice-state-expired = Expirée
notice-kind-orange = Notice orange
notice-kind-purple = Notice mauve
notice-by = rédigée par { $who }
notice-until = jusqu’au { $day }
notice-new = Nouvelle notice
notice-new-orange = Une notice orange alerte sur une menace grave et imminente. Elle est tirée de l’alarme, avec ce qui est connu aujourd’hui.
notice-new-purple = Une notice mauve décrit comment une infraction est commise. Elle est tirée de ce que les annonces de la campagne ont en commun.
notice-issuer = Émetteur
notice-issuer-hint = Votre organisation, telle que les destinataires la connaissent. Ne peut plus être changé.
notice-number = Numéro
notice-marking = Qui peut la voir
notice-retention = Jours avant réexamen
notice-draft-it = Rédiger
notice-verify-lead = Donnez un notice.json, ou le document signé de sa fin. Il est comparé aux clés et au journal de ce bureau ; rien n’est demandé à personne.
notice-verify-unread = Ceci ne peut être lu comme une notice signée :
notice-verify-it = Vérifier
notice-holds = Valable
notice-fails = Non valable
notice-key = Clé
notice-check = Contrôle
notice-check-found = Constat
notice-document = Document signé
notice-document-hint = Un fichier JSON, tel que les membres le reçoivent.
notice-grading = Cotation
notice-known-from = connu depuis
notice-headline-rests = L’intitulé repose sur
notice-identifiers = Identifiants à rechercher
notice-review-by = À réexaminer le
notice-save = Enregistrer le choix
notice-save-hint = Les phrases viennent des preuves : on les raye ou les remet, on ne les écrit pas.
notice-facts = Données
notice-author = Rédigée par
notice-as-of = Connu au
notice-look-at = Consulter
notice-look-in = En page :
notice-submit = Soumettre à l’examen
notice-submit-it = Soumettre
notice-override-hint = Corrigez, ou dites pourquoi cela peut rester. La raison est conservée.
notice-no-block = Aucune règle ne s’y oppose.
notice-purpose = But de l’alerte
notice-review = Examen
notice-four-eyes = Deux personnes différentes approuvent ; aucune n’est l’auteur.
notice-approved-by = Approuvée par { $who }
notice-not-reviewer = Vous pouvez la lire. Approuver demande le rôle d’examinateur.
notice-own-work = Vous l’avez rédigée : deux autres personnes doivent l’approuver.
notice-approved-already = Vous l’avez approuvée : une autre personne doit le faire.
notice-not-publisher = Publier demande le rôle d’éditeur.
notice-why = Pourquoi
notice-approve = Approuver
notice-reject = Renvoyer
notice-issue = Signer et publier
notice-issue-it = Signer et publier
notice-passphrase = Phrase secrète de la clé de signature
notice-passphrase-hint = Sert à cette seule signature : ni gardée, ni journalisée.
notice-end = Y mettre fin
notice-is-overdue = Son dernier jour est passé.
notice-supersede = Remplacer par une autre
notice-successor = Remplacée par
notice-withdraw = Retirer
notice-history = Historique
notice-act-overridden = Constat écarté
notice-act-submitted = Remise
notice-act-approved = Approuvée
notice-act-rejected = Renvoyée
notice-act-issued = Émise
notice-act-superseded = Remplacée
notice-act-withdrawn = Retirée
notice-act-expired = Close après son dernier jour
notice-sentence = Phrase { $number }
notice-submit-hint = Ce qui est coché est d’abord enregistré.
notice-key-made = La clé qui signe a été créée le { $day } par { $who }, qui en connaît la phrase secrète.
notice-key-since = La clé qui signe a été créée le { $day } ; qui l’a créée en connaît la phrase secrète.
notice-key-none = Il n’y a pas encore de clé de signature : cette première signature la crée, avec la phrase secrète que vous choisissez ici, d’au moins 12 caractères. Personne ne peut retrouver une phrase perdue.
notice-key-server = Ce serveur a reçu la phrase secrète : laissez le champ vide.
notice-same-hint = { $count ->
    [one] Pour { $count } phrase :
   *[other] Pour { $count } phrases :
}
notice-distribution = Diffusion
notice-extract = Extrait public
notice-audience = Pour qui
notice-audience-hint = Rien de coché signifie tout le monde. Rien ne dépasse l’habilitation d’un membre.
notice-preview = Montrer qui la recevrait
notice-left-out = Non retenus
notice-left-clearance = non habilité pour son marquage
notice-left-inactive = ne participe pas en ce moment
notice-fetches = la consulte ici
notice-queue-it = Envoyer
notice-queue-hint = Ce qui est mis en file part au prochain `forewarn notice deliver`, et survit à une coupure.
notice-queue-soon = Ce qui peut partir d’ici part en moins d’une minute ; un essai manqué est répété. La file survit à une coupure de courant.
notice-queue-some = Les webhooks et les dossiers partent en moins d’une minute. Le courriel attend `forewarn notice deliver` : ce serveur n’a pas reçu de serveur de messagerie.
notice-answers = Qui l’a, et ce qui a été répondu
notice-nobody-yet = Elle n’est encore allée à personne.
notice-member = Membre
notice-ways = Voies
notice-delivered = Remise
notice-opened = Ouverte
notice-acknowledged = Accusé de réception
notice-replies = Réponses
notice-as-report = conservé comme rapport
notice-retry = Réessayer ce qui fut abandonné
notice-delivery-waiting = en attente
notice-delivery-delivered = remise
notice-delivery-given-up = abandonnée
notice-reply-seen-here = Vu ici
notice-reply-not-seen = Recherché, non vu
notice-reply-new-observables = Nouveaux identifiants
notice-reply-action-taken = Mesure prise
notice-extract-lead = Rien n’est public qu’une personne n’ait choisi et une autre publié. Les phrases sans forme publique restent internes.
notice-extract-sentences = Phrases ayant une forme publique
notice-extract-identifiers-hint = Les identifiants pouvant appartenir à une personne ne peuvent être publics.
notice-extract-consent = Accord des sources
notice-extract-consent-hint = Seulement si un élément est marqué au-dessus de TLP:CLEAR : comment sa source a donné son accord.
notice-extract-propose = Proposer
notice-extract-pending = Attend une seconde personne
notice-extract-own = Vous l’avez proposé : quelqu’un d’autre le publie ou le refuse.
notice-extract-publish = Publier
notice-extract-public = Il est public
notice-extract-state-proposed = Proposé
notice-extract-state-published = Publié
notice-extract-state-rejected = Refusé
notice-extract-state-withdrawn = Retiré
notice-overdue = { $count ->
    [one] dernier jour passé depuis { $count } jour
   *[other] dernier jour passé depuis { $count } jours
}
notice-due-in = { $count ->
    [one] réexamen dans { $count } jour
   *[other] réexamen dans { $count } jours
}
notice-approvals = { $count ->
    [one] { $count } approbation
   *[other] { $count } approbations
}
notice-more-evidence = { $count ->
    [one] encore { $count }
   *[other] encore { $count }
}
notice-blocked = { $count ->
    [one] { $count } constat s’y oppose
   *[other] { $count } constats s’y opposent
}
notice-recipients = { $count ->
    [one] { $count } destinataire
   *[other] { $count } destinataires
}
done-notice-drafted = Le projet est là : lisez-le, rayez ce qui ne tient pas.
done-notice-changed = Le projet a été modifié.
done-notice-submitted = Elle attend deux examinateurs.
done-notice-approved = Vous l’avez approuvée.
done-notice-rejected = Elle est revenue à son auteur.
done-notice-issued = Elle est signée et publiée. Choisissez qui la reçoit.
done-notice-ended = Elle a pris fin ; ceux qui l’ont en sont informés.
done-notice-queued = Elle est en route.
done-notice-retried = Ce qui fut abandonné est réessayé.
done-notice-extract-proposed = Une autre personne doit le publier.
done-notice-extract-published = Il est public.
done-notice-extract-rejected = Il a été refusé.
done-notice-extract-withdrawn = Il a été retiré.
