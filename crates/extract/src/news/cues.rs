//! The words that a news text gives itself away by: data only, and the matcher that finds them.
//!
//! To add a language, add its words to the rows. Words are folded (lower case, straight apostrophes) and an
//! apostrophe or hyphen ends a word, so that "d'escroquerie" is `d escroquerie`.

use std::sync::LazyLock;

use super::sentence::{Gap, Sentence};

/// What a cue says about what stands next to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// A scam centre by its own name.
    HubNoun,
    /// What may be one, in a text that speaks of coercion.
    HubWeak,
    /// Fraud, as a topic only.
    Scam,
    /// Work and offers of it.
    Job,
    /// Trafficking: its objects are victims, its destinations are hubs.
    Traffic,
    /// Deception: its objects are victims, if it is about work.
    Lure,
    /// Recruitment: its objects are victims.
    Recruit,
    /// Captivity and force.
    Captive,
    /// Held, by whomever: police hold suspects too.
    Held,
    /// Victims by name, whatever happened to them.
    Victim,
    /// Freeing.
    Rescue,
    /// The way home: from a hub, to an origin.
    Home,
    /// A raid.
    Raid,
    /// Arrest and prosecution: its objects are not called victims.
    Arrest,
    /// Those who run it.
    Perpetrator,
    /// Fraud done to somebody: its objects are not the trafficked.
    Defraud,
    /// Public bodies: their nationality is nobody's origin.
    Body,
    /// The bodies that advise those who travel.
    Ministry,
    /// A warning.
    Warn,
    /// A sanction.
    Sanction,
    /// The trend reaches a new place.
    Expand,
    /// Where people are, without being held there.
    Elsewhere,
    /// The text does not vouch for it.
    Hedge,
    /// The text says that it is not so.
    Deny,
    /// A total over a longer time.
    Total,
    /// Publishing a notice.
    Issue,
}

/// Patterns, with commas between: words in order; `|` between alternatives of one word; `*` for any ending.
const TABLE: &[(Cue, &str)] = &[
    (
        Cue::HubNoun,
        "scam*|fraud|fraudulent|cyberfraud|cyberscam*|cybercrime|trafficking|slavery \
         center*|centre*|compound*|hub|hubs|park|parks|farm|farms|factor*|camp|camps|den|dens|\
         site|sites|city|cities|complex*|facilit*|zone|zones|mill|mills|enclave*|building*, \
         scam* and|or fraud|trafficking|gambling center*|centre*|compound*|hub|hubs|park|parks, \
         pig butchering compound*|center*|centre*|farm*, \
         centre|centres d escroquerie*|arnaque*|fraude*|arnaques, \
         centro|centros de estafa*|fraude*|ciberestafa*, complejo|complejos de estafa*|fraude*",
    ),
    (
        Cue::HubWeak,
        "compound|compounds, hub|hubs, the|these|those|such centers|centres|facilities|operations, \
         call center*|centre*, casino*, pogo|pogos, \
         scam*|fraud operation*|call|syndicate*|ring|rings, \
         criminal|gambling hub|hubs|center*|centre*|compound*|operation*, boiler room*, \
         centre|centres d appels",
    ),
    (
        Cue::Scam,
        "scam*, fraud*, cyberfraud, cyberscam*, cybercrime*, pig butchering, online gambling, \
         escroquerie*, arnaque*, estafa*, ciberestafa*, fraude*",
    ),
    (
        Cue::Job,
        "job|jobs, work, employment, vacancy|vacancies, salary|salaries, emploi*, empleo*, trabajo*, \
         travail",
    ),
    (Cue::Traffic, "traffick*, smuggled, cyber slavery, sold into|to, taken|driven to|into, traite, trata"),
    (
        Cue::Lure,
        "lured|luring|lure|lures, entic*, duped|duping, tricked|tricking, deceived|deceiving, \
         conned into, attiré*, piégé*, engañad*, captad*",
    ),
    (Cue::Recruit, "recruited|recruiting|recruits, hired, recruté*, reclutad*"),
    (
        Cue::Captive,
        "trapped, stranded, stuck, held captive|hostage|against, captive*, captivity, confin*, \
         imprisoned, enslave*, forced, coerced, forcibly, locked, tortur*, beaten, kidnapped, abducted, \
         hostage*, against their will, forced labor|labour, passports confiscated|seized|taken, \
         séquestré*, forcé*, retenid*, obligad*, forzad*",
    ),
    (Cue::Held, "held, holding"),
    (Cue::Victim, "victim*, survivor*, targets, affected|affecting, víctima*"),
    (
        Cue::Rescue,
        "rescue|rescued|rescues|rescuing, freed|freeing|frees|free, released from, saved, liberat*, \
         escaped, fled, pulled out, libéré*, secouru*, rescatad*, liberad*",
    ),
    (
        Cue::Home,
        "repatriat*, evacuat*, returned|returning|return, brought|bring|bringing home|back, \
         flown|flew|sent home|back, back home, home from|to|after, taken|got out, rapatri*, repatriad*, \
         helped home",
    ),
    (
        Cue::Raid,
        "raid|raided|raids|raiding, stormed, swoop*, busted, shut down, search warrant*, perquisition*, \
         redada*, allanamiento*",
    ),
    (
        Cue::Arrest,
        "arrest*, charged, convicted, sentenced, detained, deported, extradited, accused, prosecuted, \
         apprehended, jailed, interpellé*, arrêté*, detenid*, arrestad*",
    ),
    (
        Cue::Perpetrator,
        "suspect|suspects, syndicate*, gang|gangs, ringleader*, boss|bosses, kingpin*, scammer*, \
         fraudster*, criminal|criminals, mastermind*, operator*, owner*, investor*, tycoon*, \
         businessman|businessmen, trafficker*, triad*, mafia*, militia*, handlers, run by, led by, \
         controlled by, operated by, sospechos*",
    ),
    (
        Cue::Defraud,
        "defraud*, swindl*, cheat*, scammed|scamming, targeting|targeted, fleec*, bilk*, \
         stole|stolen|stealing, scam|fraud victim*, victims of fraud|scam|scams",
    ),
    (
        Cue::Body,
        "police, policemen, authorities, officials, official, officers, government, court, courts, \
         army, troops, soldiers, navy, immigration, prosecutors, lawmakers, interpol, investigators, \
         president, prime minister, minister, spokesman|spokesperson|spokeswoman, media, newspaper, \
         charity|charities, side, counterparts, border, bureau, agency",
    ),
    (
        Cue::Ministry,
        "ministry, embassy|embassies, consulate*, foreign affairs|office, ambassador*, \
         state department, department of foreign affairs|migrant, high commission, ambassade*, \
         embajada*, ministère*, ministerio*",
    ),
    (
        Cue::Warn,
        "warned|warns|warning|warn, advised|advises|advisory, urged|urges, cautioned|cautions, \
         alerted|alerts",
    ),
    (Cue::Sanction, "sanction*, blacklisted, froze assets, asset freeze*, designated"),
    (
        Cue::Expand,
        "expand*, spread*, replicat*, emerg*, relocat*, moved to|into, shifted to|into, sprung up, \
         popping up, surfaced, appeared",
    ),
    (
        Cue::Elsewhere,
        "now, shelter*, hospital*, arriv*, landed|landing, headquarter*, met, via, transit*, airport*, \
         conference",
    ),
    (
        Cue::Hedge,
        "indication|indications, sign|signs of|that, suspected, alleg*, reportedly, may, might, could, \
         possibl*, appear|appears to, believed, fear*, unconfirmed, rumour*, rumor*, \
         potential|potentially, considering, plans|planned to, présumé*, presunt*",
    ),
    (
        Cue::Deny,
        "no evidence|sign|signs|indication|indications|proof|trafficking|trace, \
         no human|forced trafficking|labor|labour, no victims|victim, \
         not trafficked|victims|forced|held, found no, denies, ruled out, \
         denied that|any|reports|claims|allegations|the|having|running, unfounded, \
         dismissed|rejected claims|reports|allegations, nobody|none was|were, \
         aucun|aucune preuve|signe|trace, sin|ninguna pruebas|prueba|indicios",
    ),
    (Cue::Total, "so far, to date, a total of, since 20*, over the past|last"),
    (
        Cue::Issue,
        "issued|issues|issue|issuing, published|publishes, circulated|circulates, released, \
         sent|sends, distributed|distributes, put out, publié*, \
         émis, emitió|emitido|publicó",
    ),
];

/// Nouns for the people that a number counts or a nationality belongs to.
pub(super) const PERSONS: &str = "\
     individual individuals people persons person victim victims worker workers national nationals \
     citizen citizens men man women woman foreigner foreigners migrants youths students survivors \
     jobseekers seekers residents resident teenagers graduates employees labourers laborers \
     expatriates compatriots recruits captives hostages personnes ressortissants victimes \
     travailleurs personas ciudadanos víctimas trabajadores jóvenes suspects returnees";

/// What may stand between a number and the people that it counts.
pub(super) const PERSON_QUALITIES: &str = "\
     other others foreign young trafficked trafficking human trapped stranded of the its their our \
     job fellow more rescued migrant female male local enslaved forced suspected alleged potential \
     mostly mainly de des otros";

/// What follows a number that counts people without naming them: "47 were rescued".
pub(super) const PERSON_VERBS: &str = "were was are have had others";

/// What sets off a passive verb.
pub(super) const AUXILIARIES: &str = "was were is are been being be got had have has ont été fueron";

/// What a nationality loses its people to when it follows with a hyphen: "Chinese-run".
pub(super) const HYPHENATED: &str =
    "run owned led backed operated controlled based linked registered speaking language";

/// How a place hangs in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Governor {
    /// Inside.
    In,
    /// Away from.
    From,
    /// Towards.
    To,
}

/// The words that say so.
pub(super) const GOVERNORS: &[(Governor, &str)] = &[
    (Governor::In, "in at inside within across throughout near around along en au aux à dans"),
    (Governor::From, "from desde originaires procedentes depuis venus"),
    (Governor::To, "to into towards toward vers hacia"),
];

/// What may stand between such a word and the first place of its list.
pub(super) const LIGHT: &str = "\
     the a an such as like including countries nations country regions region places far away afield \
     diverse various several many other least more than over parts part of northern southern eastern \
     western central north south east west northeastern northwestern southeastern southwestern border \
     town city province state area capital coastal mainland nearby neighbouring neighboring both \
     mainly mostly primarily village island lawless dozen la le les el los de du des l d s pays \
     países ville ciudad well about";

/// What may stand between two places of one list.
pub(super) const JOINING: &str = "\
     and or as well the also et ou y e o la le les province state district city town s nationals \
     citizens people both du de des el";

/// Nouns with "of" and a country that name where people come from: "nationals of".
pub(super) const NATIONALS_OF: &str =
    "national nationals citizen citizens native natives resident residents compatriots";

/// Words for countries that a number counts.
pub(super) const COUNTRY_NOUNS: &str = "country countries nation nations states pays países";

/// What says that they come on top of those named.
pub(super) const FURTHER: &str = "other more further additional neighbouring neighboring new autres otros";

/// Colours of the notices of police organisations, in the languages of the cues, and their English names.
pub(super) const COLOURS: &[(&str, &str)] = &[
    ("orange", "orange"),
    ("purple", "purple"),
    ("red", "red"),
    ("yellow", "yellow"),
    ("blue", "blue"),
    ("green", "green"),
    ("black", "black"),
    ("silver", "silver"),
    ("mauve", "purple"),
    ("rouge", "red"),
    ("naranja", "orange"),
    ("morada", "purple"),
    ("roja", "red"),
    ("violette", "purple"),
    ("jaune", "yellow"),
];

/// What a colour stands next to.
pub(super) const NOTICES: &str = "notice notices notificación alerta";

/// Words that end the reach of a hedge, and of a verb that follows.
pub(super) const BREAKS: &str = "while whereas but however although meanwhile mais pero";

/// Verbs between a country and what it is: "Laos has become a hub".
pub(super) const BECOMING: &str = "become becomes became is are remains hosts";

/// Words for the second leg of a journey, whose first leg ends where nobody is held.
pub(super) const ONWARD: &str = "then onward onwards before smuggled driven moved taken crossed";

/// Words that begin another clause after a comma.
pub(super) const CLAUSES: &str = "as after because when where with and which whose before since whom";

/// Verbs of speech: a country before one of them speaks, and nothing happens in it.
pub(super) const SPEAKS: &str = "said says announced announces confirmed urged told has will";

/// A cue where it stands: a range of the words of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) cue: Cue,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// One word of a pattern: stems, and whether any ending may follow.
type Alternatives = Vec<(&'static str, bool)>;

/// What a pattern says, and its words.
type Pattern = (Cue, Vec<Alternatives>);

/// The patterns by the first byte of their first word.
static PATTERNS: LazyLock<Vec<Vec<Pattern>>> = LazyLock::new(|| {
    let mut buckets: Vec<Vec<Pattern>> = vec![Vec::new(); 256];
    for (cue, patterns) in TABLE {
        for pattern in patterns.split(", ") {
            let words: Vec<Alternatives> = pattern.split_ascii_whitespace().map(alternatives).collect();
            let mut firsts: Vec<u8> =
                words.first().into_iter().flatten().filter_map(|(word, _)| word.bytes().next()).collect();
            firsts.sort_unstable();
            firsts.dedup();
            for first in firsts {
                buckets[usize::from(first)].push((*cue, words.clone()));
            }
        }
    }
    buckets
});

fn alternatives(word: &'static str) -> Alternatives {
    word.split('|').map(|one| one.strip_suffix('*').map_or((one, false), |stem| (stem, true))).collect()
}

/// The cues of a sentence in order; where several start at one word, the longest; none inside another.
pub(super) fn find(sentence: &Sentence<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        let first = sentence.word(at).bytes().next().unwrap_or_default();
        // Of patterns of one length, the row that stands first in the table wins.
        let best = PATTERNS[usize::from(first)]
            .iter()
            .filter(|(_, words)| matches(sentence, at, words))
            .fold(None, |best: Option<(Cue, usize)>, (cue, words)| match best {
                Some((_, len)) if len >= words.len() => best,
                _ => Some((*cue, words.len())),
            });
        match best {
            Some((Cue::Hedge, 1)) if sentence.is_month(at) => at += 1,
            Some((cue, len)) => {
                hits.push(Hit { cue, start: at, end: at + len });
                at += len;
            }
            None => at += 1,
        }
    }
    hits
}

fn matches(sentence: &Sentence<'_>, at: usize, words: &[Alternatives]) -> bool {
    words.iter().enumerate().all(|(offset, alternatives)| {
        let word = sentence.word(at + offset);
        if offset > 0 && matches!(sentence.gap(at + offset), Gap::Comma | Gap::Break) {
            return false;
        }
        alternatives.iter().any(|(stem, open)| if *open { word.starts_with(stem) } else { word == *stem })
    })
}
