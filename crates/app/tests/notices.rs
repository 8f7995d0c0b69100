//! Notices from a draft to what members see of them, on a small store.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use forewarn_app::collect::Limits;
use forewarn_app::delivery::{answer, queue};
use forewarn_app::incident::import;
use forewarn_app::model::date::day_of;
use forewarn_app::model::member::Member;
use forewarn_app::model::rights::{Right, Rights, Role};
use forewarn_app::model::{
    AlarmKind, Clearance, Language, Marking, MemberKind, Notice, Pap, ReceiptKind, Tlp, User,
};
use forewarn_app::notice::draft::{self, Origin};
use forewarn_app::notice::review::{self, Choice};
use forewarn_app::notice::{issue, received, render};
use forewarn_app::user::Password;
use forewarn_app::watch::{Config, replay};
use forewarn_app::{AppError, Context, Engine, Silent, Workspace, member, user};

const TIMELINE: &str = include_str!("../../../incidents/timeline.csv");

fn random(bytes: &mut [u8; 32]) -> Result<(), String> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    bytes[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes());
    Ok(())
}

fn acting(actor: &str) -> Context {
    Context {
        now: "2025-02-01T12:00:00Z".parse().unwrap(),
        actor: actor.to_owned(),
        clearance: Clearance::up_to(Tlp::Red),
        rights: Rights::all(),
        random,
        passphrase: Arc::new(|_| Ok("a passphrase for tests".to_owned())),
    }
}

struct House {
    _folder: tempfile::TempDir,
    workspace: Workspace,
    engine: Engine,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        let input = TIMELINE.as_bytes();
        import::run(&mut workspace, &acting("ana"), input, "timeline", &Limits::default(), &Silent).unwrap();
        Self { _folder: folder, workspace, engine: Engine::builtin().unwrap() }
    }

    fn draft(&mut self, number: &str) -> Notice {
        // Each at another instant, as people work: what is drafted from the same alarm at the same one is the same.
        let minute: i64 = number.bytes().map(i64::from).sum();
        let context = acting("ana");
        let earlier = context.now - jiff::SignedDuration::from_mins(minute);
        let context = context.at(earlier);
        let as_of = day_of(context.now);
        let alarms = replay(&self.workspace.store.incidents().unwrap(), &Config::default(), as_of);
        let alarm = alarms.iter().rfind(|alarm| alarm.kind == AlarmKind::Region).unwrap();
        let request = draft::Request {
            from: Origin::Alarm(alarm.id),
            issuer: "Example Bureau",
            number,
            as_of,
            marking: Marking { tlp: Tlp::Green, pap: Pap::Green },
            retention_days: 365,
        };
        draft::run(&mut self.workspace, &context, &request).unwrap()
    }

    fn approved(&mut self, number: &str) -> Notice {
        self.draft(number);
        let submit = Choice::Submit { audience: None, overrides: Vec::new() };
        review::run(&mut self.workspace, &acting("ana"), number, submit, "why").unwrap();
        review::run(&mut self.workspace, &acting("bo"), number, Choice::Approve, "why").unwrap();
        review::run(&mut self.workspace, &acting("cy"), number, Choice::Approve, "why").unwrap()
    }

    fn issued(&mut self, number: &str) -> Notice {
        let approved = self.approved(number);
        let names = self.engine.country_names();
        issue::run(&mut self.workspace, &acting("dee"), names, number, "why").unwrap();
        approved
    }

    fn member(&mut self, id: &str, country: &str) {
        let member = Member {
            id: id.to_owned(),
            name: id.to_owned(),
            kind: MemberKind::Bureau,
            country: country.parse().ok(),
            clearance: Tlp::Amber,
            channels: Vec::new(),
            active: true,
        };
        member::put(&mut self.workspace, &acting("root"), &member).unwrap();
    }

    /// An officer of a member, with what a partner may do.
    fn officer(&mut self, name: &str, organisation: &str) -> Context {
        let roles = vec![Role::Partner];
        let officer = User {
            name: name.parse().unwrap(),
            shown: name.to_owned(),
            organisation: organisation.to_owned(),
            roles: roles.clone(),
            clearance: Tlp::Amber,
            organisations: Vec::new(),
            locale: None,
            active: true,
            created: acting("root").now,
        };
        let password = Password::new("violet-anchor-mosaic-tundra");
        user::add(&mut self.workspace, &acting("root"), &officer, &password).unwrap();
        Context { clearance: Clearance::up_to(Tlp::Amber), rights: Rights::of(&roles), ..acting(name) }
    }
}

fn missing<T>(result: Result<T, AppError>) -> bool {
    matches!(result, Err(AppError::NotFound { what: "notice", .. }))
}

#[test]
fn a_member_sees_what_was_distributed_to_it_and_knows_of_nothing_else() {
    let mut house = House::new();
    house.member("ke-bureau", "KE");
    house.member("ug-bureau", "UG");
    let kim = house.officer("kim", "ke-bureau");
    let zoe = house.officer("zoe", "ug-bureau");
    assert!(!kim.rights.has(Right::Look));
    let drafted = house.draft("EX-0").id.to_string();
    let id = house.issued("EX-1").id.to_string();

    // Issued is not distributed; and what was not even issued is as if it did not exist.
    let hidden = |house: &mut House, reader: &Context, member: &str| {
        for name in ["EX-0", "EX-1", drafted.as_str(), id.as_str()] {
            let workspace = &mut house.workspace;
            assert!(missing(received::open(workspace, reader, member, name)), "{name}");
            let kind = ReceiptKind::Acknowledged;
            assert!(missing(answer::receive(workspace, reader, name, member, kind)), "{name}");
            for file in ["notice.pdf", "notice.json", "notice.txt"] {
                let gazetteer = house.engine.gazetteer();
                let file = render::one(workspace, reader, gazetteer, name, file, Language::ENGLISH);
                assert!(missing(file), "{name}");
            }
        }
        received::list(&house.workspace, reader, member).unwrap().is_empty()
    };
    assert!(hidden(&mut house, &kim, "ke-bureau"));

    let to = queue::Selection { members: vec!["ke-bureau".into()], ..Default::default() };
    queue::run(&mut house.workspace, &acting("dee"), "EX-1", &to).unwrap();
    let listed = received::list(&house.workspace, &kim, "ke-bureau").unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(received::open(&mut house.workspace, &kim, "ke-bureau", &id).unwrap().0.notice.number, "EX-1");
    let gazetteer = house.engine.gazetteer();
    render::one(&house.workspace, &kim, gazetteer, &id, "notice.json", Language::ENGLISH).unwrap();
    assert!(hidden(&mut house, &zoe, "ug-bureau"), "another member got it");
    assert!(missing(received::open(&mut house.workspace, &kim, "ke-bureau", &drafted)));
    // Whoever acts for a member is told why.
    let early =
        answer::receive(&mut house.workspace, &acting("dee"), "EX-1", "ug-bureau", ReceiptKind::Opened);
    assert!(early.unwrap_err().to_string().contains("was not distributed to ug-bureau"));
}
