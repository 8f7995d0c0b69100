//! What of an issued notice may be public: chosen by one person, reviewed by another, and said in the words
//! of the people whom it concerns.
//!
//! Nothing is public by default. An extract holds no free text: a chosen sentence becomes a
//! [`PublicPoint`], whose facts are countries, numbers and signs, so that no name can slip out. It cites no
//! report and no campaign, and its marking is always TLP:CLEAR.

mod check;
mod life;
mod localize;
mod words;

use forewarn_model::{Arg, Country, ExtractChoice, IndicatorName, Notice, PublicPoint, Statement};

pub use check::check_extract;
pub use life::{ExtractAction, ExtractError, apply_extract};
pub use localize::{ExtractEnd, localize_extract};
pub use words::PublicWords;

/// How a sentence of a notice becomes public: its message, and how its facts are read.
type Form = (&'static str, fn(&Statement) -> Option<PublicPoint>);

/// The sentences that have a public form; all others stay inside.
const FORMS: [Form; 9] = [
    ("hubs-country", |one| countries(one, "country").map(PublicPoint::Hubs)),
    ("hubs-other", |one| countries(one, "countries").map(PublicPoint::Hubs)),
    ("threat-events", |one| countries(one, "hubs").map(PublicPoint::Hubs)),
    ("mo-destinations", |one| countries(one, "countries").map(PublicPoint::Destinations)),
    ("origins-region", |one| countries(one, "countries").map(PublicPoint::Origins)),
    ("routes-one", |one| match one.args.get("route") {
        Some(Arg::Route(from, to)) => Some(PublicPoint::Route(*from, *to)),
        _ => None,
    }),
    ("scale-people", |one| match one.args.get("people") {
        Some(Arg::Range(min, max)) => Some(PublicPoint::People(*min, *max)),
        _ => None,
    }),
    ("signs-campaign", |one| signs(one, "signs")),
    ("signs-one", |one| signs(one, "sign")),
];

/// The sentence that becomes advice for job seekers.
const ADVICE: &str = "action-public";

/// The public form of a sentence; none for a sentence that stays inside.
pub fn public_form(statement: &Statement) -> Option<PublicPoint> {
    if statement.message == ADVICE {
        return Some(PublicPoint::Advice);
    }
    let (_, read) = FORMS.iter().find(|(message, _)| *message == statement.message)?;
    read(statement)
}

/// What an extract says: the public forms of the chosen sentences, with what they share joined.
pub fn points(notice: &Notice, choice: &ExtractChoice) -> Vec<PublicPoint> {
    let chosen = choice.statements.iter().filter_map(|at| notice.statements.get(*at));
    let mut all: Vec<PublicPoint> = Vec::new();
    for point in chosen.filter_map(public_form) {
        if !all.iter_mut().any(|known| join(known, &point)) {
            all.push(point);
        }
    }
    all.sort_by_key(rank);
    all
}

/// Adds what `point` says to `known` if both are of one kind; whether they were.
fn join(known: &mut PublicPoint, point: &PublicPoint) -> bool {
    use PublicPoint::{Advice, Destinations, Hubs, Origins, Signs};
    match (known, point) {
        (Hubs(all), Hubs(more)) | (Origins(all), Origins(more)) | (Destinations(all), Destinations(more)) => {
            add(all, more);
            true
        }
        (Signs(all), Signs(more)) => {
            add(all, more);
            true
        }
        (Advice, Advice) => true,
        _ => false,
    }
}

fn add<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}

fn rank(point: &PublicPoint) -> u8 {
    match point {
        PublicPoint::Hubs(_) => 0,
        PublicPoint::Destinations(_) => 1,
        PublicPoint::Origins(_) => 2,
        PublicPoint::Route(..) => 3,
        PublicPoint::People(..) => 4,
        PublicPoint::Signs(_) => 5,
        PublicPoint::Advice => 6,
    }
}

fn countries(statement: &Statement, name: &str) -> Option<Vec<Country>> {
    match statement.args.get(name) {
        Some(Arg::Countries(list)) => Some(list.clone()),
        _ => None,
    }
}

fn signs(statement: &Statement, name: &str) -> Option<PublicPoint> {
    let Some(Arg::Messages(list)) = statement.args.get(name) else { return None };
    let names = list.iter().filter_map(|message| IndicatorName::new(message.strip_prefix("sign-")?));
    Some(PublicPoint::Signs(names.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::testing::{country, notice, purple};

    #[test]
    fn every_form_is_of_a_message_that_exists() {
        for name in FORMS.iter().map(|(message, _)| *message).chain([ADVICE]) {
            assert!(message::spec(name).is_some(), "{name}");
        }
    }

    #[test]
    fn what_two_sentences_share_is_said_once() {
        let notice = purple();
        let all = ExtractChoice { statements: (0..notice.statements.len()).collect(), ..Default::default() };
        let points = points(&notice, &all);
        let kh_la = vec![country("KH"), country("LA")];
        assert_eq!(points[..2], [PublicPoint::Hubs(kh_la.clone()), PublicPoint::Destinations(kh_la)]);
        let signs = ["free_travel", "messaging_app_contact"].map(|name| IndicatorName::new(name).unwrap());
        assert_eq!(points[2..], [PublicPoint::Signs(signs.to_vec()), PublicPoint::Advice]);
    }

    #[test]
    fn nothing_is_public_that_was_not_chosen() {
        assert_eq!(points(&notice(), &ExtractChoice::default()), []);
        let out_of_range = ExtractChoice { statements: vec![999], ..Default::default() };
        assert_eq!(points(&notice(), &out_of_range), []);
    }
}
