# What the public reads of a warning, in the words of this language. Signs and advice come from check.ftl
# beside this file. A test holds every file against the English one.

extract-feed = Alertes publiques
extract-title-orange = Alerte : des offres d’emploi mènent à des centres d’escroquerie
extract-title-purple = Alerte : comment des offres d’emploi mènent à des centres d’escroquerie
extract-hubs = Des centres d’escroquerie ont été signalés dans ces pays : { $countries }.
extract-origins = Des personnes de ces pays y ont été emmenées : { $countries }.
extract-route = Itinéraire connu : { $from } → { $to }
extract-destinations = Les offres de ce type mentionnent : { $countries }. Le voyage peut se terminer ailleurs.
extract-people = Personnes signalées disparues, retenues ou libérées : { $people }.
extract-signs = Signes d’alerte dans ces offres
extract-avoid = N’utilisez pas ces adresses
extract-number = Numéro
extract-issued = Publiée par { $issuer } le { $date }
extract-withdrawn = Cette alerte a été retirée le { $date }. Elle n’est plus valable.
extract-superseded = Une alerte plus récente a remplacé celle-ci le { $date }.
extract-expired = Cette alerte a pris fin le { $date }.
