//! The forms in which a fact is handed to a message: `$hubs`, `$hubs-in`, `$hubs-count` and so on.

use fluent_bundle::FluentValue;
use forewarn_model::{Arg, Country, CountryNames, Date, Language, PartialDate, Precision, Region};

use crate::catalogue::Catalogues;
use crate::grammar::{self, Case};

/// A language, with what is needed to write facts in it.
#[derive(Clone, Copy)]
pub(crate) struct Voice<'a> {
    pub(crate) language: Language,
    pub(crate) catalogues: &'a Catalogues,
    pub(crate) names: &'a CountryNames,
}

/// A form of a fact: what is added to the fact's name (`-in`), and the value.
type Form = (&'static str, FluentValue<'static>);

/// Longest text of a free name, in characters: a longer one is cut, with an ellipsis.
const NAME_CHARS_MAX: usize = 200;

impl Voice<'_> {
    /// All forms of a fact under a name. Words that the catalogue lacks are added to `lacking` by the name
    /// of their message, and stand as that name in the text.
    pub(crate) fn forms(
        self,
        name: &str,
        arg: &Arg,
        lacking: &mut Vec<String>,
    ) -> Vec<(String, FluentValue<'static>)> {
        let forms: Vec<Form> = match arg {
            Arg::Number(number) => vec![("", (*number).into())],
            Arg::Range(min, max) => vec![("", self.range(*min, *max).into()), ("-max", (*max).into())],
            Arg::Date(date) => {
                vec![("", self.date(*date).into()), ("-precision", date.precision().as_str().into())]
            }
            Arg::Countries(list) => self.countries(list),
            Arg::Region(region) => {
                let region = self.region(*region);
                vec![("", region.clone().into()), ("-bare", region.into())]
            }
            Arg::Route(origin, hub) => {
                let route = self.route(*origin, *hub);
                vec![("", route.clone().into()), ("-bare", route.into())]
            }
            Arg::Messages(list) => {
                let words: Vec<String> = list.iter().map(|word| self.word(word, lacking)).collect();
                let count = words.len() as i64;
                vec![("", grammar::phrases(self.language, &words).into()), ("-count", count.into())]
            }
            Arg::Name(text) => {
                let clean = clean(text, self.language);
                vec![("", clean.clone().into()), ("-bare", clean.into())]
            }
            Arg::Likelihood(likelihood) => {
                vec![("", self.word(&format!("likelihood-{}", likelihood.as_str()), lacking).into())]
            }
        };
        forms.into_iter().map(|(form, value)| (format!("{name}{form}"), value)).collect()
    }

    /// A day, written out.
    pub(crate) fn day(self, date: Date) -> String {
        self.date(PartialDate::day(date))
    }

    fn date(self, date: PartialDate) -> String {
        let first = date.earliest();
        let month = self.catalogues.word(self.language, &format!("month-{}", first.month()));
        let facts: Vec<(String, FluentValue<'_>)> = vec![
            ("day".into(), i64::from(first.day()).into()),
            ("month".into(), month.unwrap_or_default().into()),
            ("year".into(), first.year().to_string().into()),
        ];
        let written = match date.precision() {
            Precision::Day => self.catalogues.say(self.language, "date-day", &facts),
            Precision::Month => self.catalogues.say(self.language, "date-month", &facts),
            Precision::Year => Some(first.year().to_string()),
        };
        written.unwrap_or_else(|| date.to_string())
    }

    fn range(self, min: i64, max: i64) -> String {
        let number = |value| grammar::number(self.language, value);
        if min == max {
            return number(min);
        }
        let facts = vec![("min".to_owned(), min.into()), ("max".to_owned(), max.into())];
        let written = self.catalogues.say(self.language, "range", &facts);
        written.unwrap_or_else(|| format!("{}–{}", number(min), number(max)))
    }

    fn countries(self, list: &[Country]) -> Vec<Form> {
        let named: Vec<(Country, String)> = list.iter().map(|c| (*c, self.country(*c))).collect();
        let form = |case| FluentValue::from(grammar::countries(self.language, case, &named));
        vec![
            ("", form(Case::Subject)),
            ("-bare", form(Case::Bare)),
            ("-in", form(Case::In)),
            ("-from", form(Case::From)),
            ("-count", (list.len() as i64).into()),
        ]
    }

    pub(crate) fn country(self, country: Country) -> String {
        let own = self.catalogues.word(self.language, &format!("country-{country}"));
        own.unwrap_or_else(|| self.names.get(self.language, &country).to_owned())
    }

    fn region(self, region: Region) -> String {
        let own = self.catalogues.word(self.language, &format!("region-{region}"));
        own.unwrap_or_else(|| region.english().to_owned())
    }

    fn route(self, origin: Country, hub: Country) -> String {
        let forms =
            [("origin", origin), ("hub", hub)].map(|(name, country)| (name, self.countries(&[country])));
        let facts: Vec<_> = forms
            .into_iter()
            .flat_map(|(name, all)| {
                all.into_iter().map(move |(form, value)| (format!("{name}{form}"), value))
            })
            .collect();
        let written = self.catalogues.say(self.language, "route", &facts);
        written.unwrap_or_else(|| format!("{} – {}", self.country(origin), self.country(hub)))
    }

    fn word(self, message: &str, lacking: &mut Vec<String>) -> String {
        self.catalogues.word(self.language, message).unwrap_or_else(|| {
            lacking.push(message.to_owned());
            let name = message.split_once('-').map_or(message, |(_, name)| name);
            name.replace('_', " ")
        })
    }
}

/// A free name as it may stand in a sentence: one line, no marks that steer the direction of the text, and
/// isolated where its script runs against that of the language.
fn clean(text: &str, language: Language) -> String {
    let one_line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let steers = |c: &char| matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut kept: String = one_line.trim().chars().filter(|c| !c.is_control() && !steers(c)).collect();
    if let Some((cut, _)) = kept.char_indices().nth(NAME_CHARS_MAX) {
        kept.truncate(cut);
        kept.push('…');
    }
    let against = !language.is_right_to_left() && kept.chars().any(runs_right_to_left);
    if against { format!("\u{2068}{kept}\u{2069}") } else { kept }
}

/// Whether a letter belongs to a script that runs from right to left (Hebrew to Syriac, Thaana and N'Ko,
/// and the presentation forms; Unicode blocks).
fn runs_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_model::Likelihood;

    #[track_caller]
    fn check(tag: &str, arg: Arg, form: &str, expected: &str) {
        let catalogues = Catalogues::builtin().unwrap();
        let names = CountryNames::default();
        let voice = Voice { language: tag.parse().unwrap(), catalogues: &catalogues, names: &names };
        let forms = voice.forms("x", &arg, &mut Vec::new());
        let wanted = format!("x{form}");
        let found = forms.iter().find(|(name, _)| *name == wanted).map(|(_, value)| match value {
            FluentValue::String(text) => text.to_string(),
            other => format!("{other:?}"),
        });
        assert_eq!(found.as_deref(), Some(expected), "{tag} {arg:?}");
    }

    fn date(text: &str) -> Arg {
        Arg::Date(text.parse().unwrap())
    }

    #[test]
    fn writes_dates_with_their_precision() {
        check("en", date("2023-06-07"), "", "7 June 2023");
        check("en", date("2023-06"), "", "June 2023");
        check("en", date("2018"), "", "2018");
        check("en", date("2018"), "-precision", "year");
        check("fr", date("2023-06-01"), "", "1er juin 2023");
        check("fr", date("2023-06-02"), "", "2 juin 2023");
        check("es", date("2023-06-07"), "", "7 de junio de 2023");
        // Between isolates only a mark says that the whole runs from right to left, wherever it is put.
        check("ar", date("2023-06"), "", "\u{200f}\u{2068}حزيران/يونيو\u{2069} \u{2068}2023\u{2069}");
        let day = "\u{200f}\u{2068}7\u{2069} \u{2068}حزيران/يونيو\u{2069} \u{2068}2023\u{2069}";
        check("ar", date("2023-06-07"), "", day);
    }

    #[test]
    fn writes_ranges_and_likelihoods() {
        check("en", Arg::Range(120, 1_340), "", "between 120 and 1,340");
        check("es", Arg::Range(7, 7), "", "7");
        check("fr", Arg::Range(120, 1_340), "", "entre 120 et 1\u{202f}340");
        check("ar", Arg::Range(120, 340), "", "ما بين \u{2068}120\u{2069} و\u{2068}340\u{2069}");
        check("en", Arg::Likelihood(Likelihood::Likely), "", "likely (55–80\u{a0}%)");
    }

    #[test]
    fn names_cannot_steer_the_text_around_them() {
        check("en", Arg::Name("KK\u{202e} Park\n".into()), "", "KK Park");
        check("en", Arg::Name("دبي".into()), "", "\u{2068}دبي\u{2069}");
        check("ar", Arg::Name("KK Park".into()), "", "KK Park");
        check("en", Arg::Name("x".repeat(300)), "", &format!("{}…", "x".repeat(200)));
    }

    #[test]
    fn prefers_the_names_of_the_catalogue() {
        let myanmar = Arg::Countries(vec!["MM".parse().unwrap()]);
        check("fr", myanmar.clone(), "-in", "au Myanmar");
        check("en", myanmar, "-in", "in Myanmar");
        check("en", Arg::Route("PH".parse().unwrap(), "MM".parse().unwrap()), "", "from the PH to Myanmar");
    }
}
