//! The pages of a notice, as a browser sends their forms: what is wrong is said beside the field, and nothing that was
//! typed is lost.

use forewarn_app::delivery::queue::{self, Selection};
use forewarn_app::delivery::{Courier, Parcel};
use forewarn_app::member;
use forewarn_app::model::member::Member;
use forewarn_app::model::{Channel, MemberKind, NoticeState};
use forewarn_app::notice::review::{self, Choice};
use forewarn_app::notice::{self, issue};

use super::*;

impl House {
    fn page(&self, path: &str) -> Told {
        self.ask(Request::get(path).header("host", "localhost:1").body(Body::empty()).unwrap())
    }

    fn form(&self, path: &str, fields: &[(&str, &str)]) -> Told {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header("host", "localhost:1")
            .header("origin", "http://localhost:1")
            .header("sec-fetch-site", "same-origin")
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).unwrap())
    }

    /// A draft from the latest alarm on a region; its id.
    fn drafted(&self, number: &str) -> String {
        let alarms = self.get("/alarms?state=open&limit=100").json();
        let alarms = alarms["items"].as_array().unwrap();
        let alarm = alarms.iter().find(|alarm| alarm["kind"] == "region").unwrap()["id"].clone();
        let draft = json!({ "alarm": alarm, "issuer": "Example", "number": number, "tlp": "green" });
        self.post("/notices", &draft).json()["id"].as_str().unwrap().to_owned()
    }

    fn approved(&self, number: &str) -> String {
        let id = self.drafted(number);
        self.with(|workspace, context| {
            let submit = Choice::Submit { audience: None, overrides: Vec::new() };
            review::run(workspace, context, number, submit, "w")?;
            for reviewer in ["bo", "cy"] {
                review::run(workspace, &context.acting_as(reviewer), number, Choice::Approve, "w")?;
            }
            Ok(())
        });
        id
    }
}

impl House {
    /// Issues what was approved, where there is a member `ke-bureau` that is reached in these ways.
    fn issued(&self, number: &str, channels: &[&str]) {
        self.with(|workspace, context| {
            let engine = forewarn_app::Engine::builtin()?;
            issue::run(workspace, context, engine.country_names(), number, "w")?;
            let member = Member {
                id: "ke-bureau".into(),
                name: "Bureau Nairobi".into(),
                kind: MemberKind::Bureau,
                country: None,
                clearance: Tlp::Green,
                channels: channels.iter().map(|channel| channel.parse().unwrap()).collect(),
                active: true,
            };
            member::put(workspace, context, &member)
        });
    }
}

/// What the form of a draft sends: which version was seen, what is ticked, and the rest.
fn ticked(page: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    let mut fields = Vec::new();
    for tag in page.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = value(tag, "name").unwrap_or_default();
        let chosen = ["statement", "identifier"].contains(&name.as_str()) && tag.contains(" checked");
        if chosen || ["version", "review_by"].contains(&name.as_str()) {
            fields.push((name, value(tag, "value").unwrap()));
        }
    }
    fields.push(("tlp".to_owned(), "GREEN".to_owned()));
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn what_is_struck_out_is_kept_when_a_draft_is_handed_in() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let id = house.drafted("EX-1");
    let notice =
        |house: &House| house.with(|workspace, context| Ok(notice::find(workspace, context, &id)?.1));
    let before = notice(&house).statements.len();
    let mut fields = ticked(&house.page(&format!("/notices/{id}")).text);
    let struck = fields.iter().position(|(name, _)| name == "statement").unwrap();
    fields.remove(struck);
    let submit = format!("/notices/{id}/submit");
    let refused = house.form(&submit, &borrowed(&fields));
    assert_eq!(refused.status, 422, "no reason was given");
    assert!(refused.text.contains("Say why."));
    assert_eq!(refused.text.matches(" checked").count(), fields.len() - 3, "what was struck out stays so");
    fields.push(("why".to_owned(), "warn the region".to_owned()));
    assert_eq!(house.form(&submit, &borrowed(&fields)).status, 303);
    let after = notice(&house);
    assert_eq!((after.state(), after.statements.len()), (NoticeState::InReview, before - 1));
    let shown = house.page(&format!("/notices/{id}")).text;
    assert!(shown.contains("<strong>Handed in</strong>"), "the history says what was done");
}

#[test]
fn the_second_of_two_tabs_does_not_undo_the_first() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let id = house.drafted("EX-1");
    let (page, edit) = (format!("/notices/{id}"), format!("/notices/{id}/edit"));
    let seen = ticked(&house.page(&page).text);
    let sentences: Vec<usize> =
        seen.iter().enumerate().filter(|(_, (name, _))| name == "statement").map(|(at, _)| at).collect();
    let without = |at: usize| {
        let mut fields = seen.clone();
        fields.remove(sentences[at]);
        fields
    };
    assert_eq!(house.form(&edit, &borrowed(&without(0))).status, 303);
    let second = house.form(&edit, &borrowed(&without(1)));
    assert_eq!(second.status, 409);
    assert!(second.text.contains("Somebody else has changed this draft"), "{}", second.text);
    let keys = |fields: &[(String, String)]| {
        fields.iter().filter(|(name, _)| name == "statement").map(|(_, key)| key.clone()).collect::<Vec<_>>()
    };
    let now = ticked(&house.page(&page).text);
    assert_eq!(keys(&now), keys(&without(0)), "the first one's choice stands, in order");
    let candidates = house.get(&format!("/notices/{id}/candidates")).json();
    let all: Vec<&str> =
        candidates["sentences"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(all, keys(&seen), "what was struck out is where it was");
}

#[test]
fn a_wrong_passphrase_loses_nothing_and_tells_nothing() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let (first, second) =
        (house.approved("EX-1"), format!("/notices/{}/issue", house.approved_later("EX-2")));
    let issue = format!("/notices/{first}/issue");
    let short = house.form(&issue, &[("why", "it stands"), ("passphrase", "short")]);
    assert_eq!(short.status, 422);
    assert!(short.text.contains("at least 12 characters"), "{}", short.text);
    assert_eq!(
        house.form(&issue, &[("why", "it stands"), ("passphrase", "one of enough letters")]).status,
        303
    );
    let wrong =
        house.form(&second, &[("why", "a reason to keep"), ("passphrase", "another of enough letters")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("That is not the passphrase of the signing key."), "{}", wrong.text);
    assert!(wrong.text.contains("value=\"a reason to keep\""));
    for secret in ["another of enough letters", ".pem", "FOREWARN_", "/tmp/"] {
        assert!(!wrong.text.contains(secret), "{secret}");
    }
    assert!(wrong.text.contains("was made on 1 June 2025 by owner"), "{}", wrong.text);
}

impl House {
    /// Approved like any other, from another alarm: two drafts from one alarm in one instant are the same.
    fn approved_later(&self, number: &str) -> String {
        let alarms = self.get("/alarms?state=open&limit=100").json();
        let alarms = alarms["items"].as_array().unwrap();
        let alarm = alarms.iter().rfind(|alarm| alarm["kind"] == "hub").unwrap()["id"].clone();
        let draft = json!({ "alarm": alarm, "issuer": "Example", "number": number, "tlp": "green" });
        let id = self.post("/notices", &draft).json()["id"].as_str().unwrap().to_owned();
        self.with(|workspace, context| {
            let overrides = vec![review::Overridden {
                finding: "finding-publishers-few".into(),
                place: None,
                reason: "one is enough here".into(),
            }];
            let submit = Choice::Submit { audience: None, overrides };
            review::run(workspace, context, number, submit, "w")?;
            for reviewer in ["bo", "cy"] {
                review::run(workspace, &context.acting_as(reviewer), number, Choice::Approve, "w")?;
            }
            Ok(())
        });
        id
    }
}

#[test]
fn a_number_that_is_taken_is_told_beside_it() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let alarm = house.get("/alarms?state=open").json()["items"][0]["id"].as_str().unwrap().to_owned();
    house.drafted("EX-1");
    let fields = [
        ("alarm", alarm.as_str()),
        ("issuer", "Bureau of Examples"),
        ("number", "EX-1"),
        ("tlp", "AMBER"),
        ("retention_days", "90"),
    ];
    let told = house.form("/notices/new", &fields);
    assert_eq!(told.status, 422);
    assert!(
        told.text.contains("The number EX-1 is taken")
            && told.text.contains("aria-describedby=\"number-error\"")
    );
    assert!(told.text.contains("value=\"Bureau of Examples\"") && told.text.contains("value=\"90\""));
}

#[test]
fn a_slip_in_a_reply_keeps_what_was_typed() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let id = house.approved("EX-1");
    house.issued("EX-1", &[]);
    let (page, reply) = (format!("/received/{id}?member=ke-bureau"), format!("/received/{id}/reply"));
    assert_eq!(house.page(&page).status, 404, "it was not distributed yet");
    house.with(|workspace, context| queue::run(workspace, context, "EX-1", &Selection::default()));
    assert_eq!(house.page(&page).status, 200);
    let send = |text: &str, identifiers: &str| {
        let fields = [
            ("member", "ke-bureau"),
            ("kind", "new_observables"),
            ("text", text),
            ("identifiers", identifiers),
        ];
        house.form(&reply, &fields)
    };
    let told = send("seen at the market", "phone:+254700000001\nphone:notaphone");
    assert_eq!(told.status, 422);
    assert!(told.text.contains("id=\"identifiers-error\"") && told.text.contains("phone:notaphone"));
    assert!(told.text.contains(">seen at the market</textarea>"), "{}", told.text);
    assert_eq!(send(" ", "").status, 422);
    assert_eq!(send("seen at the market", "phone:+254700000001").status, 303);
    let answered = house.get(&format!("/notices/{id}/deliveries")).json();
    assert_eq!(answered["items"][0]["replies"].as_array().unwrap().len(), 1, "{answered}");
}

/// Takes webhooks only, and brings every one.
struct Webhooks;

impl Courier for Webhooks {
    fn takes(&self, channel: &Channel) -> bool {
        matches!(channel, Channel::Webhook(_))
    }

    fn carry(&self, parcel: &Parcel) -> Result<String, String> {
        Ok(format!("took {}", parcel.channel.kind()))
    }
}

#[test]
fn what_is_queued_leaves_while_the_service_runs_and_the_rest_waits() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let id = house.approved("EX-1");
    house.issued("EX-1", &["webhook:https://bureau.example/in", "email:desk@bureau.example"]);
    house.with(|workspace, context| queue::run(workspace, context, "EX-1", &Selection::default()));
    let courier: Arc<dyn Courier> = Arc::new(Webhooks);
    for _ in 0..2 {
        house.runtime.block_on(crate::shell::post::round(&house.shell, &courier)).unwrap();
        let told = house.get(&format!("/notices/{id}/deliveries")).json();
        let ways = told["items"][0]["deliveries"].as_array().unwrap();
        let told: Vec<String> =
            ways.iter().map(|way| format!("{} {} {}", way["state"], way["attempts"], way["said"])).collect();
        assert_eq!(told, ["\"delivered\" 1 \"took webhook\"", "\"waiting\" 0 null"]);
    }
}
