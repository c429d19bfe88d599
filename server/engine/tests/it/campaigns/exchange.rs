//! Campaigns as a file, and those that come from one.

use engine::testbed::TestBed;
use engine::{Ctx, Error, PIECE, Pieces, attachments, campaigns, contacts, recipient_lists, segments};
use model::campaign::{CONTACTS_MAX, EXCHANGE_MAX};
use model::{
    AudiencePart, CampaignAudience, CampaignContent, CampaignDeed, CampaignDraft, CampaignFilter, CampaignId, CampaignImported,
    CampaignPace, CampaignStart, CampaignState, Channel, Chosen, ChosenCampaigns, Condition, ContactDraft, ContactFilter, Deed,
    Fault, ListDraft, Moment, Permission, Refusal, SegmentDraft, SegmentRule, SendingWindow, TableFault, Unmatched,
    UnmatchedKind,
};

use super::{draft, made, person, prepared, seen, text, to};
use crate::refused;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and a picture";

async fn file(ctx: &Ctx, chosen: ChosenCampaigns) -> String {
    let mut export = campaigns::take_out(ctx, chosen).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        bytes.extend(piece);
    }
    String::from_utf8(bytes).unwrap()
}

async fn these(ctx: &Ctx, id: CampaignId) -> String {
    file(ctx, ChosenCampaigns::These(vec![id])).await
}

async fn taken_in(ctx: &Ctx, bytes: Vec<u8>) -> Result<Vec<CampaignImported>, Error> {
    let mut coming = campaigns::take_in(ctx)?;
    for piece in bytes.chunks(PIECE) {
        coming.put(piece.to_vec()).await?;
    }
    coming.finish().await
}

async fn take_in(ctx: &Ctx, text: &str) -> Vec<CampaignImported> {
    taken_in(ctx, text.as_bytes().to_vec()).await.unwrap()
}

/// A campaign that names everything that can be named.
async fn rich(bed: &TestBed) -> CampaignId {
    let admin = bed.admin();
    let list = ListDraft { name: "Veľtrh".into(), ..ListDraft::default() };
    let list = recipient_lists::save(&admin, None, list).await.unwrap();
    let rule = SegmentRule::Is(Condition::Reachable(Channel::Email));
    let segment = SegmentDraft { name: "S e-mailom".into(), rule, ..SegmentDraft::default() };
    let segment = segments::save(&admin, None, segment).await.unwrap();
    let (eva, jana) = (person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Malá", "jana@example.sk").await);
    let vip = ContactDraft { last_name: "Dôležitá".into(), tags: vec!["VIP".into()], ..ContactDraft::default() };
    contacts::save(&admin, None, vip).await.unwrap();
    let tag = contacts::tags(&admin, "VIP".into()).await.unwrap()[0].id;
    let earlier = made(&admin, CampaignDraft { name: "Pozvánka".into(), ..draft(CampaignAudience::default()) }).await;
    let picture = attachments::put(&admin, "izba.png", "image/png", PNG.to_vec()).await.unwrap().id;
    let prices = attachments::put(&admin, "cenník.pdf", "application/pdf", b"%PDF-1.7".to_vec()).await.unwrap().id;
    let matching = ContactFilter { tag: Some(tag), list: Some(list), has_email: Some(true), ..ContactFilter::default() };
    let audience = CampaignAudience {
        include: vec![
            AudiencePart::List(list),
            AudiencePart::Segment(segment),
            AudiencePart::Contacts(Chosen::Ticked(vec![jana, eva])),
            AudiencePart::Contacts(Chosen::Matching { filter: matching, except: vec![eva] }),
        ],
        exclude: vec![AudiencePart::GotVersion(earlier, 2), AudiencePart::Got(earlier)],
        typed: "Petra <petra@example.sk>;\nivan@example.sk".into(),
        ..CampaignAudience::default()
    };
    let window = SendingWindow { days: 0b001_1111, from: 8 * 60, until: 24 * 60 };
    let draft = CampaignDraft {
        note: "Pre stálych\nklientov".into(),
        classification: "Marketing & spol.".into(),
        content: text("Ponuka pre {{ contact.name }}", "<p>\"Žltý\" <b>kôň</b> &amp; spol.</p>\r\n<img src=\"cid:izba.png\">"),
        attachments: vec![picture, prices],
        account: Some(engine::accounts::list(&admin).await.unwrap()[0].id),
        start: CampaignStart::At(Moment(1_795_179_600_000)),
        pace: CampaignPace { per_hour: Some(600), window: Some(window) },
        wants_approval: true,
        ..draft(audience)
    };
    made(&admin, draft).await
}

#[tokio::test]
async fn a_campaign_that_left_comes_in_as_the_same_draft_with_its_files_and_pictures() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = rich(&bed).await;
    let before = seen(&bed, id).await;
    let came = take_in(&admin, &these(&admin, id).await).await;
    assert_eq!((came.len(), came[0].unmatched.as_slice()), (1, [].as_slice()));
    let after = seen(&bed, came[0].id).await;
    assert_eq!((after.state, after.prepared.clone(), after.checked), (CampaignState::Draft, None, None));
    let attachments = after.draft.attachments.clone();
    assert_ne!(attachments, before.draft.attachments, "files are its own");
    assert_eq!(after.draft, CampaignDraft { attachments, ..before.draft.clone() });
    let about = |it: &model::Campaign| it.files.iter().map(|it| (it.name.clone(), it.size)).collect::<Vec<_>>();
    assert_eq!(about(&after), about(&before));
    let (kind, picture) = engine::pictures::open(&admin, after.files[0].id).await.unwrap();
    assert_eq!((kind, picture.whole().await.unwrap()), ("image/png", PNG.to_vec()));
    let history = campaigns::history(&admin, came[0].id, None).await.unwrap().rows;
    assert_eq!(history.last().map(|it| it.entry.deed.clone()), Some(Deed::Campaign(came[0].id, CampaignDeed::Imported)));
}

#[tokio::test]
async fn what_is_running_comes_in_as_a_draft_and_sends_nothing() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk").await;
    let id = prepared(&bed, &admin, draft(to(&[eva]))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    let came = take_in(&admin, &these(&admin, id).await).await;
    super::carry(&bed).await;
    campaigns::work_turn(&bed.engine).await.unwrap();
    super::carry(&bed).await;
    let campaign = seen(&bed, came[0].id).await;
    assert_eq!((campaign.state, campaign.counts.recipients(), campaign.counts.sent), (CampaignState::Draft, 0, 0));
}

#[tokio::test]
async fn what_nobody_is_called_here_is_named_and_must_be_decided_before_anything_is_prepared() {
    let (bed, other) = (TestBed::new().await, TestBed::new().await);
    let text = these(&bed.admin(), rich(&bed).await).await;
    let admin = other.admin();
    let came = take_in(&admin, &text).await;
    let named: Vec<(UnmatchedKind, &str, bool)> =
        came[0].unmatched.iter().map(|it| (it.kind, it.name.as_str(), it.is_excluded)).collect();
    assert_eq!(
        named,
        [
            (UnmatchedKind::List, "Veľtrh", false),
            (UnmatchedKind::Segment, "S e-mailom", false),
            (UnmatchedKind::Contact, "Eva Malá <jana@example.sk>", false),
            (UnmatchedKind::Contact, "Eva Nová <eva@example.sk>", false),
            (UnmatchedKind::Filter, "tag=\"VIP\" list=\"Veľtrh\" has-email=\"yes\"", false),
            (UnmatchedKind::Filter, "got=\"Pozvánka\" version=\"2\"", true),
            (UnmatchedKind::Campaign, "Pozvánka", true),
        ]
    );
    let id = came[0].id;
    let hinders = |refusal: Refusal| match refusal {
        Refusal::Invalid(faults) => faults.iter().any(|it| it.field == "unmatched" && it.fault == Fault::Gone),
        _ => false,
    };
    assert!(hinders(refused(campaigns::prepare(&admin, id).await)));
    assert!(hinders(refused(campaigns::check(&admin, id).await)));
    // It leaves again with what is undecided, and finds what has come meanwhile.
    let list = ListDraft { name: "veltrh".into(), ..ListDraft::default() };
    let list = recipient_lists::save(&admin, None, list).await.unwrap();
    let again = take_in(&admin, &these(&admin, id).await).await;
    assert!(!again[0].unmatched.iter().any(|it| it.kind == UnmatchedKind::List), "{:?}", again[0].unmatched);
    let campaign = seen(&other, again[0].id).await;
    assert_eq!(campaign.draft.audience.include, [AudiencePart::List(list)]);
    let decided = CampaignDraft { unmatched: Vec::<Unmatched>::new(), ..campaign.draft };
    campaigns::save(&admin, Some((campaign.id, campaign.revision)), decided).await.unwrap();
    campaigns::prepare(&admin, campaign.id).await.unwrap();
}

#[tokio::test]
async fn a_reaction_to_a_campaign_that_nobody_is_called_here_never_becomes_everybody_who_got_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let file = "<campaigns version=\"1\"><campaign name=\"A\"><audience><got reaction=\"clicked\">Jar</got></audience></campaign>\
                </campaigns>";
    let id = take_in(&admin, file).await[0].id;
    made(&admin, CampaignDraft { name: "Jar".into(), ..draft(CampaignAudience::default()) }).await;
    let again = take_in(&admin, &these(&admin, id).await).await;
    let lost = Unmatched { kind: UnmatchedKind::Filter, name: "got=\"Jar\" reaction=\"clicked\"".into(), is_excluded: false };
    assert_eq!(again[0].unmatched, [lost]);
    assert!(seen(&bed, again[0].id).await.draft.audience.include.is_empty());
}

#[tokio::test]
async fn a_set_of_more_people_than_a_campaign_names_is_refused_before_any_is_looked_up() {
    let bed = TestBed::new().await;
    let people = "<contact>eva@example.sk</contact>".repeat(CONTACTS_MAX + 1);
    let file = format!(
        "<campaigns version=\"1\">\n<campaign name=\"A\"><audience><ticked>{people}</ticked></audience></campaign>\
         </campaigns>"
    );
    let fault = TableFault::TooManyElements { max: CONTACTS_MAX as u64 };
    assert_eq!(refused(taken_in(&bed.admin(), file.into_bytes()).await), Refusal::BadTable { line: 2, fault });
}

#[tokio::test]
async fn what_could_not_come_in_again_does_not_leave() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let file = attachments::put(&admin, "katalog.txt", "text/plain", vec![b'x'; 1 << 20]).await.unwrap().id;
    let id = made(&admin, CampaignDraft { attachments: vec![file], ..draft(CampaignAudience::default()) }).await;
    let many = ChosenCampaigns::These(vec![id; 60]);
    let refusal = refused(campaigns::take_out(&admin, many).await.map(|_| ()));
    assert_eq!(refusal, Refusal::FileTooLarge { max: EXCHANGE_MAX });
}

#[tokio::test]
async fn of_a_file_with_one_wrong_campaign_nothing_comes_in() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let wrong = |inside: &str| format!("<campaigns version=\"1\">\n<campaign name=\"A\"/>\n{inside}\n</campaigns>");
    let long = "x".repeat(121);
    for (text, line, fault) in [
        (wrong("<campaign name=\"B\" kind=\"gift\"/>"), 3, TableFault::Wrong { name: "kind".into(), value: "gift".into() }),
        (wrong(&format!("<campaign name=\"{long}\"/>")), 3, TableFault::Wrong { name: "name".into(), value: String::new() }),
        (format!("<!DOCTYPE x>\n{}", wrong("")), 1, TableFault::DocumentType),
    ] {
        let refusal = refused(taken_in(&admin, text.into_bytes()).await);
        assert_eq!(refusal, Refusal::BadTable { line, fault });
    }
    let blocked = wrong("<campaign name=\"B\"><file name=\"a.exe\">QUJD</file></campaign>");
    assert_eq!(refused(taken_in(&admin, blocked.into_bytes()).await), Refusal::FileTypeBlocked { ending: "exe".into() });
    let large = vec![b' '; EXCHANGE_MAX as usize + 1];
    assert_eq!(refused(taken_in(&admin, large).await), Refusal::FileTooLarge { max: EXCHANGE_MAX });
    assert!(campaigns::list(&admin, Default::default()).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn taking_in_and_out_each_need_their_right() {
    let bed = TestBed::new().await;
    let id = made(&bed.admin(), draft(CampaignAudience::default())).await;
    let writer = bed.user_with(&[Permission::CampaignWrite]).await;
    let order = || ChosenCampaigns::These(vec![id]);
    let refusal = refused(campaigns::take_out(&writer, order()).await.map(|_| ()));
    assert_eq!(refusal, Refusal::NotPermitted(Permission::Export));
    let reader = bed.user_with(&[Permission::Export, Permission::CampaignApprove]).await;
    let text = file(&reader, ChosenCampaigns::Matching(CampaignFilter::default())).await;
    assert_eq!(refused(taken_in(&reader, text.clone().into_bytes()).await), Refusal::NotPermitted(Permission::CampaignWrite));
    let came = take_in(&writer, &text).await;
    assert_eq!((came.len(), came[0].name.as_str()), (1, "Zmena sídla"));
    let overriding = text.replace("<audience>", "<audience no-bulk=\"overridden\">");
    let refusal = refused(taken_in(&writer, overriding.into_bytes()).await);
    assert_eq!(refusal, Refusal::NotPermitted(Permission::SuppressionsLift));
}

#[tokio::test]
async fn a_template_is_found_by_its_name_whatever_the_case() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let file = "<campaigns version=\"1\"><campaign name=\"A\"><template>PODAKOVANIE za platbu</template><audience/></campaign>\n\
                <campaign name=\"B\"><template>Nijaká</template></campaign></campaigns>";
    let mine = model::TemplateDraft { name: "Poďakovanie za platbu".into(), is_active: true, ..model::TemplateDraft::default() };
    let CampaignContent::Own(texts) = super::text("Ďakujeme", "<p>Platba prišla.</p>") else { panic!("it is written here") };
    let known = engine::templates::save(&admin, None, model::TemplateDraft { texts, ..mine }).await.map(|it| it.0);
    let came = take_in(&admin, file).await;
    let content = seen(&bed, came[0].id).await.draft.content;
    assert_eq!((content, came[0].unmatched.len()), (CampaignContent::Template(known.unwrap()), 0));
    assert_eq!(came[1].unmatched, [Unmatched { kind: UnmatchedKind::Template, name: "Nijaká".into(), is_excluded: false }]);
}
