//! Walks the pages of alarms, incidents and the network as browsers without script ask for them.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use forewarn_app::collect::Limits;
use forewarn_app::incident::import;
use forewarn_app::model::Clearance;
use forewarn_app::model::rights::{Rights, Role};
use forewarn_app::{Context, Pool, Silent, Workspace, bundled, pool};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::shell::{Access, Options, Shell};
use crate::{Desk, Site};

struct Walk {
    _folder: tempfile::TempDir,
    site: Site,
    runtime: tokio::runtime::Runtime,
}

struct Page {
    status: u16,
    location: String,
    body: String,
}

fn context(rights: Rights) -> Context {
    Context {
        now: "2024-01-01T00:00:00Z".parse().unwrap(),
        actor: "ana".into(),
        clearance: Clearance::ALL,
        rights,
        random: |_| Ok(()),
        passphrase: Arc::new(|_| Err("none".into())),
    }
}

impl Walk {
    fn new(timeline: bool, rights: Rights) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        if timeline {
            let (context, limits) = (context(Rights::all()), Limits::default());
            import::run(&mut workspace, &context, bundled::TIMELINE, "timeline", &limits, &Silent).unwrap();
        }
        drop(workspace);
        let options = Options {
            access: Access::Local,
            tls: false,
            behind_proxy: false,
            strangers: Default::default(),
            provider: None,
            courier: None,
            context: context(rights),
            clock: || "2024-01-01T00:00:00Z".parse().unwrap_or_default(),
            readers_count_max: 4,
            body_bytes_max: 1_000_000,
            answer_ms_max: 60_000,
            api_minute_count_max: 600,
        };
        let load = || forewarn_app::Engine::builtin().map_err(|error| error.to_string());
        let desk = Desk::new(Box::new(load), crate::Limits::default()).unwrap();
        let pool = Pool::open(folder.path(), pool::Limits::default()).unwrap();
        let shell = Shell::new(pool, Arc::new(desk), options).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { _folder: folder, site: Site::new(Arc::new(shell)), runtime }
    }

    fn send(&self, request: axum::http::request::Builder, body: Body) -> Page {
        let request = request.header(header::HOST, "localhost:1").header(header::ACCEPT, "text/html");
        self.runtime.block_on(async {
            let response = self.site.clone().router().oneshot(request.body(body).unwrap()).await.unwrap();
            let location = response.headers().get(header::LOCATION).cloned();
            let location = location.map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default();
            let status = response.status().as_u16();
            let body = response.into_body().collect().await.unwrap().to_bytes();
            Page { status, location, body: String::from_utf8_lossy(&body).into_owned() }
        })
    }

    fn get(&self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty())
    }

    fn get_in(&self, language: &str, path: &str) -> Page {
        let request = Request::get(path).header(header::COOKIE, format!("forewarn_lang={language}"));
        self.send(request, Body::empty())
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body))
    }

    fn upload(&self, path: &str, file: Option<(&str, &str)>, fields: &[(&str, &str)]) -> Page {
        let mut body = String::new();
        let mut part = |head: String, text: &str| {
            body += &format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
        };
        if let Some((name, text)) = file {
            part(format!("name=\"file\"; filename=\"{name}\""), text);
        }
        fields.iter().for_each(|(name, text)| part(format!("name=\"{name}\""), text));
        body += "--cut--\r\n";
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        self.send(request, Body::from(body))
    }

    #[track_caller]
    fn check(&self, path: &str, status: u16, parts: &[&str]) -> String {
        let page = self.get(path);
        assert_eq!(page.status, status, "{path}: {}", page.body);
        for part in parts {
            assert!(page.body.contains(part), "{path} lacks {part:?}: {}", page.body);
        }
        page.body
    }
}

fn first_address(body: &str, prefix: &str) -> String {
    let at = body.find(prefix).unwrap();
    body[at..].chars().take_while(|c| !"\"?&".contains(*c)).collect()
}

#[test]
fn an_alarm_is_looked_at_watched_and_opened_again() {
    let walk = Walk::new(true, Rights::all());
    let list = walk.check("/alarms?as_of=2023-06-30&sort=day", 200, &["New hub", "By chance"]);
    walk.check("/alarms?kind=hub&country=KH", 200, &["New hub: Cambodia"]);
    walk.check("/alarms?state=watching", 200, &["Nothing here"]);
    walk.check("/alarms?state=nonsense", 400, &["state", "name=\"kind\""]);
    walk.check("/alarms?as_of=x", 400, &["“x” is no day. Write it as 2024-12-31.", "name=\"kind\""]);
    walk.check("/incidents?from=31.12.2024", 400, &["“31.12.2024” is no day.", "name=\"kind\""]);
    walk.check("/audit?from=x", 400, &["“x” is no day.", "name=\"actor\""]);
    assert!(list.contains("one source, not confirmed"));
    walk.check("/alarms?page=99999999999999999", 200, &["Alarms"]);
    let alarm = first_address(&list, "/alarms/alm-");
    walk.check(&alarm, 200, &["Why it sounded", "Dismiss", "behind this alarm"]);
    walk.check(&format!("{alarm}?as_of=2018-01-01"), 404, &["no such alarm"]);
    walk.check("/alarms/alm-0", 404, &["alarm"]);
    let decide = format!("{alarm}/decide");
    assert_eq!(walk.post(&decide, &[("choice", "watch"), ("why", " ")]).status, 409);
    assert_eq!(walk.post(&decide, &[("choice", "burn"), ("why", "x")]).status, 400);
    let done = walk.post(&decide, &[("choice", "watch"), ("why", "wait <b>for</b> more")]);
    assert_eq!((done.status, done.location), (303, format!("{alarm}?done=alarm-watched")));
    walk.check(&alarm, 200, &["Open again", "wait &#60;b&#62;for&#60;/b&#62; more"]);
    assert_eq!(walk.post(&decide, &[("choice", "reopen"), ("why", "again")]).status, 303);
    let reader = Walk::new(true, Role::Reader.rights());
    let page = reader.check(&alarm, 200, &["Why it sounded"]);
    assert!(!page.contains("/decide\""), "what may not be done is not offered");
    assert_eq!(reader.post(&decide, &[("choice", "watch"), ("why", "x")]).status, 403);
}

#[test]
fn a_year_alone_counts_at_its_end_and_says_so() {
    let walk = Walk::new(false, Rights::all());
    let form = [
        ("kind", "raid"),
        ("date", "2022"),
        ("known_from", "2022"),
        ("hub", "MM"),
        ("coercion", "y"),
        ("publisher", "Example"),
        ("url", "https://example.org/1"),
        ("summary", "Told in a yearbook"),
    ];
    let added = walk.post("/incidents/new", &form).location;
    walk.check(
        &added,
        200,
        &["<h1>Raid or arrests: Myanmar, 2022</h1>", "counts from the end of 31 December 2022"],
    );
    let arabic = walk.get_in("ar", &added).body;
    assert!(arabic.contains("،") && !arabic.contains(", 2022"), "{arabic}");
}

#[test]
fn who_belongs_to_no_member_is_told_what_is_missing() {
    let walk = Walk::new(false, Rights::all());
    walk.check("/received?member=nobody", 200, &["the organisation “nobody”, which is no member"]);
    walk.check("/received", 200, &["belongs to no member"]);
}

#[test]
fn an_incident_is_added_found_and_withdrawn() {
    let walk = Walk::new(false, Rights::all());
    walk.check("/incidents", 200, &["No incidents yet"]);
    let mut form = vec![
        ("kind", "raid"),
        ("date", "2023-12-0x"),
        ("hub", "TL"),
        ("coercion", "y"),
        ("publisher", "Example"),
        ("url", "https://example.org/1"),
        ("summary", "Thirty people \"freed\""),
        ("reliability", "B"),
        ("credibility", "2"),
    ];
    let refused = walk.post("/incidents/new", &form);
    assert!(refused.body.contains("2023-12-0x") && refused.body.contains("role=\"alert\""));
    form[1].1 = "2023-12-01";
    let added = walk.post("/incidents/new", &form);
    assert_eq!(added.status, 303, "{}", added.body);
    assert!(added.location.ends_with("?done=incident-added"));
    walk.check(&added.location, 200, &["B2", "usually reliable, probably true", "Timor-Leste"]);
    assert!(walk.post("/incidents/new", &form).location.ends_with("?done=incident-known"));
    walk.check("/incidents?q=FREED&country=TL&coercion=1", 200, &["Thirty people"]);
    walk.check("/incidents?q=nothing", 200, &["Nothing fits"]);
    let own = added.location.split('?').next().unwrap();
    let retract = format!("{own}/retract");
    assert_eq!(walk.post(&retract, &[("why", "x"), ("known_from", "2020-01-01")]).status, 409);
    assert_eq!(walk.post(&retract, &[("why", "a misprint"), ("known_from", "2023-12-20")]).status, 303);
    walk.check(own, 200, &["withdrawn from 2023-12-20", "a misprint"]);
    walk.check("/incidents", 200, &["Nothing fits"]);
    walk.check("/incidents?retracted=1", 200, &["Thirty people"]);
}

#[test]
fn a_table_of_another_form_is_mapped_previewed_and_taken_in() {
    let walk = Walk::new(false, Rights::all());
    walk.check("/incidents/import", 200, &["type=\"file\""]);
    let table = "Date;Country;Type;Notes;Link\n2023-05-06;Cambodia;Raid;\"Police, again\";https://a.example\n\
                 2023-05-07;Narnia;Raid;x;https://b.example\n";
    let first = walk.upload("/incidents/import", Some(("raids <1>.csv", table)), &[]);
    assert_eq!(first.status, 200, "{}", first.body);
    assert!(first.body.contains("raids &#60;1&#62;.csv") && first.body.contains("column publisher is empty"));
    let mapped = [
        ("table", table),
        ("name", "raids.csv"),
        ("mapped", "1"),
        ("column-date", "Date"),
        ("column-hub_country_iso2", "Country"),
        ("column-kind", "Type"),
        ("column-summary", "Notes"),
        ("column-source_url", "Link"),
        ("text-publisher", "Ministry"),
    ];
    let second = walk.upload("/incidents/import", None, &mapped);
    assert!(second.body.contains("Police, again") && second.body.contains("Narnia"), "{}", second.body);
    assert!(second.body.contains("Take in 1 incident"), "{}", second.body);
    let done = walk.upload("/incidents/import/confirm", None, &mapped);
    assert_eq!((done.status, done.location.as_str()), (303, "/incidents?done=incident-imported"));
    walk.check("/incidents", 200, &["Police, again", "Cambodia", "Ministry"]);
    assert_eq!(walk.upload("/incidents/import", Some(("empty.csv", "")), &[]).status, 400);
    let noise = walk.upload("/incidents/import", Some(("noise.csv", "\u{0}\u{1}\n\u{2}")), &[]);
    assert_eq!(noise.status, 200, "{}", noise.body);
}

#[test]
fn the_network_without_anything_in_it_says_where_to_begin() {
    let walk = Walk::new(false, Rights::all());
    walk.check("/network", 200, &["Where to begin", "no campaigns yet"]);
    walk.check("/network?q=%40nobody%3Cb%3E", 200, &["names “@nobody&#60;b&#62;”"]);
    walk.check("/network?q=x&steps=99", 200, &["99 steps"]);
    walk.check("/network?q=x&steps=two", 400, &["steps"]);
    walk.check("/network?view=none", 404, &["view"]);
    walk.check("/network/node", 400, &["key is missing"]);
    walk.check("/network/export?q=x&format=pdf", 400, &["graphml"]);
    let saved = walk.post("/network/views", &[("name", "v"), ("query", ""), ("pinned", "")]);
    assert_eq!(saved.status, 409, "there is nothing to save: {}", saved.body);
    assert_eq!(walk.post("/network/views", &[("name", "v"), ("query", "q=a"), ("pinned", "{")]).status, 400);
}

/// The names of all messages of the pages.
fn message_names() -> BTreeSet<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../translations/en");
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("desk-") {
            let text = std::fs::read_to_string(path).unwrap();
            let named = text.lines().filter_map(|line| line.split_once(" ="));
            names.extend(named.map(|(name, _)| name.to_owned()).filter(|name| !name.starts_with([' ', '#'])));
        }
    }
    names
}

/// What of a page is read or heard: its text, and the attributes that hold words.
fn words_of(html: &str) -> String {
    let mut words = String::new();
    for piece in html.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        for attribute in [" title=\"", " aria-label=\"", " placeholder=\"", " data-label=\"", " alt=\""] {
            let value = tag.split_once(attribute).and_then(|(_, rest)| rest.split_once('"'));
            words += value.map_or("", |(value, _)| value);
            words.push(' ');
        }
        words += text;
        words.push(' ');
    }
    words
}

/// Words that are the name of a message, or look like one of a family that lacks a member.
fn raw_names(html: &str, names: &BTreeSet<String>) -> Vec<String> {
    let family = |word: &str| {
        let prefix = word.rsplit_once('-').map(|(prefix, _)| format!("{prefix}-")).unwrap_or_default();
        let large = names.range(prefix.clone()..).take_while(|name| name.starts_with(&prefix)).count() > 2;
        large && (prefix.matches('-').count() > 1 || ["done-", "tab-", "error-"].contains(&prefix.as_str()))
    };
    let words = words_of(html);
    let words = words.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
    let named = words.filter(|word| word.contains('-') && (names.contains(*word) || family(word)));
    named.map(str::to_owned).collect()
}

#[test]
fn no_page_shows_the_name_of_a_message() {
    let names = message_names();
    assert!(names.len() > 500);
    assert_eq!(
        raw_names("<p title=\"report-field-x\">a <b>tab-alarms</b> re-read", &names),
        ["report-field-x", "tab-alarms"]
    );
    let (full, empty) = (Walk::new(true, Rights::all()), Walk::new(false, Rights::all()));
    let fixed = [
        "/alarms?state=all&sort=urgency",
        "/alarms?state=burnt",
        "/campaigns?text=x&colour=red",
        "/exchange?done=nothing-of-the-sort",
        "/incidents/new",
        "/incidents/import",
        "/incidents/candidates",
        "/network?q=%40nobody&without=moon",
        "/no-such-page",
        "/notices/verify",
        "/reports?text=x&kind=job_ad&tlp=RED&claims=yes&sort=score&from=2024&sort=best",
        "/reports?text=x&kind=job_ad&tlp=RED&claims=yes&sort=score&from=2024",
        "/reports/rpt-0",
        "/users/new",
        "/members/new",
        "/check",
    ];
    let menu = full.get("/").body;
    let menu = menu.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let menu: BTreeSet<&str> = menu.filter(|path| path.starts_with('/') && !path.contains('.')).collect();
    assert!(menu.len() > 12, "{menu:?}");
    for language in ["en", "fr", "es", "ar"] {
        for path in menu.iter().chain(&fixed) {
            for walk in [&full, &empty] {
                let page = walk.get_in(language, path);
                assert_eq!(raw_names(&page.body, &names), Vec::<String>::new(), "{language} {path}");
                let told = format!("<html lang=\"{language}\"");
                assert!(page.body.contains(&told) || *path == "/check", "{language} {path}: {}", page.body);
            }
        }
    }
}

#[test]
fn errors_speak_the_language_of_the_page() {
    let (walk, reader) = (Walk::new(false, Rights::all()), Walk::new(false, Role::Reader.rights()));
    let check = |page: Page, status: u16, parts: &[&str]| {
        assert_eq!(page.status, status, "{}", page.body);
        for part in parts {
            assert!(page.body.contains(part), "lacks {part:?}: {}", page.body);
        }
        // What is in English says so.
        for words in ["find report", "expected one of", "lacks the right", "missing field"] {
            let told = page.body.matches(words).count();
            let marked = page.body.matches("<p lang=\"en\" dir=\"ltr\">").count();
            assert!(told <= marked, "{words:?} is not marked as English: {}", page.body);
        }
    };
    let menu = "href=\"/alarms\"";
    check(walk.get_in("ar", "/no-such-page"), 404, &["لا توجد صفحة كهذه", "dir=\"rtl\"", menu]);
    check(
        walk.get_in("fr", "/reports/rpt-0"),
        404,
        &["Il n’existe pas de « rpt-0 »", "Cherchez-le dans la liste"],
    );
    check(
        walk.get_in("es", "/alarms?state=x"),
        400,
        &["Esto no se hizo", "name=\"kind\"", "lang=\"en\" dir=\"ltr\">state: read state"],
    );
    check(
        walk.get_in("fr", "/reports?sort=best"),
        400,
        &["Cela n’a pas été fait", "expected one of newest, score"],
    );
    check(reader.get_in("es", "/users"), 403, &["le falta el permiso «user_write»", "Un administrador"]);
    let post = |path: &str, body: &'static str| {
        let request = Request::post(path).header(header::COOKIE, "forewarn_lang=fr");
        let form = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        walk.send(form, Body::from(body))
    };
    check(post("/alarms/alm-0/decide", "choice=watch"), 422, &["La saisie est illisible", "corrigez"]);
    check(post("/sources", ""), 405, &["utilisez les boutons"]);
    let long = walk.send(
        Request::post("/alarms/alm-0/decide")
            .header(header::COOKIE, "forewarn_lang=ar")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
        Body::from("why=".to_owned() + &"x".repeat(1_000_001)),
    );
    check(long, 413, &["على أجزاء"]);
    let other = Request::post("/settings").header("sec-fetch-site", "cross-site");
    check(
        walk.send(other.header(header::COOKIE, "forewarn_lang=es"), Body::empty()),
        403,
        &["viene de otro sitio"],
    );
}

#[test]
fn the_exchange_says_what_there_is_and_refuses_what_it_cannot_read() {
    let walk = Walk::new(false, Rights::all());
    walk.check("/exchange", 200, &["forewarn share partners add", "forewarn share sets add"]);
    let arabic = walk.get_in("ar", "/exchange");
    assert!(arabic.body.contains("dir=\"rtl\"") && arabic.body.contains("التبادل"), "{}", arabic.body);
    assert_eq!(walk.post("/exchange/hits/7", &[("outcome", "one case")]).status, 409);
    let ask = [("partner", "nobody"), ("set", "none"), ("purpose", "values")];
    assert_eq!(walk.post("/exchange/ask", &ask).status, 404);
    assert_eq!(walk.post("/exchange/ask", &[ask[0], ask[1], ("purpose", "fun")]).status, 400);
    assert_eq!(walk.upload("/exchange/take", None, &[]).status, 400);
    let noise = walk.upload("/exchange/take", Some(("1.match", "noise")), &[]);
    assert!((400..500).contains(&noise.status), "{}: {}", noise.status, noise.body);
    let reader = Walk::new(false, Role::Reader.rights());
    assert_eq!(reader.get("/exchange").status, 403);
}
