//! What a client asks for: filters and the place in a list (TAXII 2.1, sections 3.4 and 3.5).

use forewarn_app::share::stix::read_time;
use forewarn_app::store::{EntryFilter, VersionFilter};

use super::fault::Fault;

/// Most values of one filter.
const VALUES_MAX: usize = 100;

/// The question of a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ask {
    pub(super) filter: EntryFilter,
    /// How many entries.
    pub(super) limit: Option<usize>,
    /// After which entry.
    pub(super) next: Option<i64>,
}

impl Ask {
    /// Reads a query; filters that are not known are passed over.
    pub(super) fn read(query: &str) -> Result<Self, Fault> {
        let mut ask = Self::default();
        let mut versions: Option<VersionFilter> = None;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let list = || -> Result<Vec<String>, Fault> {
                let all: Vec<String> = value
                    .split(',')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect();
                match all.len() <= VALUES_MAX {
                    true => Ok(all),
                    false => Err(Fault::bad(format!("{name} has more than {VALUES_MAX} values"))),
                }
            };
            match &*name {
                "match[id]" => ask.filter.ids = list()?,
                "match[type]" => ask.filter.kinds = list()?,
                "match[spec_version]" => ask.filter.spec_versions = list()?,
                "match[version]" => versions = Some(of_versions(&list()?)?),
                "added_after" => {
                    let time = read_time(&value).ok_or_else(|| {
                        Fault::bad(format!(
                            "added_after {value:?} is no timestamp such as 2024-05-01T12:00:00Z"
                        ))
                    })?;
                    ask.filter.added_after = Some(time.as_microsecond());
                }
                "limit" => {
                    let limit = value.parse().ok().filter(|limit| *limit > 0);
                    ask.limit = Some(
                        limit
                            .ok_or_else(|| Fault::bad(format!("limit {value:?} is not a number above 0")))?,
                    );
                }
                // Some clients send it empty with the first question.
                "next" if value.is_empty() => {}
                "next" => {
                    let next = value.parse().ok();
                    ask.next = Some(next.ok_or_else(|| {
                        Fault::bad(format!("next {value:?} is not what an earlier answer gave"))
                    })?);
                }
                _ => {}
            }
        }
        ask.filter.versions = versions.unwrap_or(VersionFilter { last: true, ..VersionFilter::default() });
        Ok(ask)
    }
}

fn of_versions(values: &[String]) -> Result<VersionFilter, Fault> {
    let mut filter = VersionFilter::default();
    for value in values {
        match value.as_str() {
            "last" => filter.last = true,
            "first" => filter.first = true,
            "all" => filter.all = true,
            other => {
                let time = read_time(other).ok_or_else(|| {
                    Fault::bad(format!("match[version] {other:?} is not last, first, all or a timestamp"))
                })?;
                filter.exact.push(time.as_microsecond());
            }
        }
    }
    Ok(filter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(query: &str, part: &str) {
        let fault = Ask::read(query).unwrap_err();
        assert!(fault.what.contains(part), "{}", fault.what);
        assert_eq!(fault.status.as_u16(), 400);
    }

    #[test]
    fn reads_filters() {
        let ask = Ask::read(
            "match[type]=tool,url&match%5Bid%5D=tool--1&match[version]=first,2024-05-01T00:00:00Z\
             &added_after=2024-05-01T00:00:00.000001Z&limit=5&next=7&match[x]=1",
        )
        .unwrap();
        assert_eq!(ask.filter.kinds, ["tool", "url"]);
        assert_eq!(ask.filter.ids, ["tool--1"]);
        assert!(ask.filter.versions.first && !ask.filter.versions.last);
        assert_eq!(ask.filter.versions.exact, [1_714_521_600_000_000]);
        assert_eq!(ask.filter.added_after, Some(1_714_521_600_000_001));
        assert_eq!((ask.limit, ask.next), (Some(5), Some(7)));
        assert!(Ask::read("next=").unwrap().filter.versions.last);
    }

    #[test]
    fn says_what_it_does_not_understand() {
        refuses("limit=0", "limit");
        refuses("limit=-1", "limit");
        refuses("limit=x", "limit");
        refuses("next=abc", "next");
        refuses("added_after=yesterday", "added_after");
        refuses("match[version]=newest", "match[version]");
        refuses(&format!("match[type]={}", "a,".repeat(101)), "more than");
    }
}
