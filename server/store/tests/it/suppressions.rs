//! Those whom we must not write to: found by address, domain and contact, and stopped in the claim.

use model::{
    Channel, Channels, ContactId, DeliveryState, DomainCheck, DomainMail, HomeCountry, Lane, Moment, Noun, Refusal, Standing,
    SuppressionFilter, SuppressionQuery, SuppressionReason, SuppressionScope, SuppressionSource, SuppressionTarget, UserId,
    suppression::parse_targets, time::minutes,
};
use store::deliveries::{self, NewDelivery};
use store::suppressions::{self, Found, NewSuppression};
use store::{Error, Tx, contacts};

use crate::scratch::{NOW, Scratch, capture, contact, email, prepared, writer};

fn target(text: &str) -> SuppressionTarget {
    parse_targets(text, HomeCountry::Slovakia).remove(0).target.unwrap()
}

fn by_hand(target: &SuppressionTarget, author: UserId) -> NewSuppression<'_> {
    NewSuppression {
        target,
        channels: Channels::Both,
        reason: SuppressionReason::Requested,
        source: SuppressionSource::Person,
        note: "telefonát",
        message: None,
        author,
    }
}

/// Closes an address, a number or a domain.
pub async fn suppress(tx: &mut Tx, text: &str, author: UserId) -> Found {
    suppressions::add(tx, &by_hand(&target(text), author), NOW).await.unwrap()
}

/// Closes a contact.
pub async fn suppress_contact(tx: &mut Tx, id: ContactId, channels: Channels, author: UserId) -> Option<Found> {
    let nobody = SuppressionTarget::Contact(id, String::new());
    suppressions::suppress_contact(tx, id, &NewSuppression { channels, ..by_hand(&nobody, author) }, NOW).await.unwrap()
}

async fn scope(tx: &mut Tx, address: &str) -> Option<SuppressionScope> {
    suppressions::why(tx, address).await.unwrap().map(|it| it.scope)
}

#[tokio::test]
async fn an_address_is_found_by_itself_its_domain_and_its_contact() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    suppress(&mut tx, "Jan@Kôň.sk, ", author).await;
    suppress(&mut tx, "@firma.cz", author).await;
    suppress(&mut tx, "0905 123 456", author).await;
    suppress_contact(&mut tx, eva, Channels::Email, author).await;
    for (address, found) in [
        ("jan@xn--k-xga6w.sk", Some(SuppressionScope::Address)),
        ("JAN@xn--k-xga6w.sk", Some(SuppressionScope::Address)),
        ("jana@xn--k-xga6w.sk", None),
        ("kto@firma.cz", Some(SuppressionScope::Domain)),
        ("kto@posta.firma.cz", None),
        ("firma.cz@example.sk", None),
        ("+421905123456", Some(SuppressionScope::Address)),
        ("eva@example.sk", Some(SuppressionScope::Contact)),
        // Only e-mail was closed.
        ("+421903622237", None),
        ("iny@example.sk", None),
    ] {
        assert_eq!(scope(&mut tx, address).await, found, "{address}");
    }
}

#[tokio::test]
async fn the_same_is_suppressed_once_and_an_open_channel_can_be_closed_later() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    assert!(matches!(suppress(&mut tx, "a@x.sk", author).await, Found::New(_)));
    assert_eq!(suppress(&mut tx, "A@X.sk", author).await, Found::Before);
    assert!(matches!(suppress_contact(&mut tx, eva, Channels::Email, author).await, Some(Found::New(_))));
    assert_eq!(suppress_contact(&mut tx, eva, Channels::Email, author).await, Some(Found::Before));
    assert!(matches!(suppress_contact(&mut tx, eva, Channels::Both, author).await, Some(Found::New(_))));
    assert_eq!(suppress_contact(&mut tx, eva, Channels::Sms, author).await, Some(Found::Before));
    assert_eq!(suppress_contact(&mut tx, ContactId(999), Channels::Both, author).await, None);
    assert_eq!(scope(&mut tx, "+421903622237").await, Some(SuppressionScope::Contact));
}

#[tokio::test]
async fn a_lifted_suppression_stays_as_history_and_can_be_made_anew() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let Found::New(id) = suppress(&mut tx, "a@x.sk", author).await else { panic!("not new") };
    suppressions::lift(&mut tx, id, author, "súhlas", NOW.plus(1)).await.unwrap();
    assert_eq!(scope(&mut tx, "a@x.sk").await, None);
    let again = suppressions::lift(&mut tx, id, author, "súhlas", NOW.plus(2)).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::Stale(Noun::Suppression)))));
    assert!(matches!(suppress(&mut tx, "a@x.sk", author).await, Found::New(_)));
    let lifted = suppressions::by_id(&mut tx, id).await.unwrap().lifted.unwrap();
    assert_eq!((lifted.at, lifted.reason.as_str(), lifted.by.1.as_str()), (NOW.plus(1), "súhlas", "Jana Nováková"));
}

#[tokio::test]
async fn a_deleted_contact_leaves_its_addresses_suppressed() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    suppress_contact(&mut tx, eva, Channels::Both, author).await;
    contacts::delete(&mut tx, eva).await.unwrap();
    contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    assert_eq!(scope(&mut tx, "eva@example.sk").await, Some(SuppressionScope::Address));
    assert_eq!(scope(&mut tx, "+421903622237").await, Some(SuppressionScope::Address));
}

#[tokio::test]
async fn a_contact_that_takes_another_in_takes_its_suppressions_too() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let other = contact(&mut tx, "Eva", "Nova", "nova@example.sk").await;
    suppress_contact(&mut tx, eva, Channels::Both, author).await;
    suppressions::move_contact(&mut tx, eva, other).await.unwrap();
    assert_eq!(scope(&mut tx, "nova@example.sk").await, Some(SuppressionScope::Contact));
}

#[tokio::test]
async fn many_addresses_are_asked_about_in_one_statement() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    suppress(&mut tx, "@zle.sk", author).await;
    suppress(&mut tx, "a7@dobre.sk", author).await;
    let asked: Vec<String> = (0..10_000).map(|n| format!("a{n}@{}.sk", if n % 1_000 == 5 { "zle" } else { "dobre" })).collect();
    let found = suppressions::among(&mut tx, &asked).await.unwrap();
    let places: Vec<usize> = found.iter().map(|it| it.0).collect();
    assert_eq!(places, [5, 7, 1_005, 2_005, 3_005, 4_005, 5_005, 6_005, 7_005, 8_005, 9_005]);
    assert_eq!(found[1].1.note, "telefonát");
}

#[tokio::test]
async fn a_suppression_written_after_queueing_stops_the_delivery_in_the_claim() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let account = capture(&mut tx).await;
    let message = prepared(&scratch, &mut tx, author, account, "eva@example.sk", "Ponuka", NOW).await;
    for address in ["Eva@example.sk", "jan@example.sk", "kto@firma.cz"] {
        let address = email(address).into();
        let (due_at, expires_at) = (NOW, NOW.plus(minutes(60)));
        let new = NewDelivery { message, account, address: &address, lane: Lane::Single, due_at, expires_at };
        deliveries::queue(&mut tx, &new).await.unwrap();
    }
    suppress(&mut tx, "eva@example.sk", author).await;
    suppress(&mut tx, "@firma.cz", author).await;
    let claim = deliveries::claim(&mut tx, account, Lane::Single, NOW, NOW.plus(minutes(5)), 10).await.unwrap();
    assert_eq!(claim.leased.iter().map(|it| it.address.as_str()).collect::<Vec<_>>(), ["jan@example.sk"]);
    assert_eq!(claim.suppressed.len(), 2);
    let found = deliveries::of_message(&mut tx, message).await.unwrap();
    let states: Vec<_> = found.iter().map(|it| it.state).collect();
    assert_eq!(states, [DeliveryState::Suppressed, DeliveryState::Leased, DeliveryState::Suppressed]);
    let scopes: Vec<_> = found.iter().map(|it| it.suppressed.as_ref().map(|it| it.scope)).collect();
    assert_eq!(scopes, [Some(SuppressionScope::Address), None, Some(SuppressionScope::Domain)]);
    assert!(matches!(deliveries::take_back(&mut tx, message).await, Err(Error::Refused(Refusal::Stale(Noun::Message)))));
}

#[tokio::test]
async fn the_claim_finds_suppressions_by_steps_into_indexes() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(
        "EXPLAIN QUERY PLAN
         SELECT coalesce(
             (SELECT id FROM suppressions
              WHERE value = lower(d.address) AND scope = 'address' AND lifted_at IS NULL AND contact_id IS NULL),
             (SELECT s.id FROM addresses a
              JOIN suppressions s ON s.contact_id = a.contact_id AND s.lifted_at IS NULL AND s.contact_id IS NOT NULL
                                 AND s.channels IN (a.channel, 'both')
              WHERE a.channel = CASE WHEN instr(d.address, '@') > 0 THEN 'email' ELSE 'sms' END
                AND a.normalized = lower(d.address)
              LIMIT 1))
         FROM (SELECT id, address FROM deliveries WHERE state = 'waiting' AND account_id = 1 AND due_at <= 5
               ORDER BY lane, due_at, id LIMIT 4) d",
    )
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    let steps: String = plan.iter().map(|it| format!("{}\n", it.3)).collect();
    for index in ["suppressions_of_value (value=? AND scope=?)", "addresses_by_value (channel=? AND normalized=?)"] {
        assert!(steps.contains(index), "{steps}");
    }
    assert!(steps.contains("suppressions_of_contact (contact_id=?"), "{steps}");
    assert!(!steps.contains("SCAN suppressions") && !steps.contains("SCAN a\n"), "{steps}");
}

async fn shown(tx: &mut Tx, filter: SuppressionFilter) -> Vec<String> {
    assert_eq!(
        suppressions::count(tx, &filter).await.unwrap(),
        suppressions::each(tx, &filter, None, 1_000).await.unwrap().len() as u64
    );
    let page = suppressions::page(tx, &SuppressionQuery { filter, after: None }).await.unwrap();
    page.rows.iter().map(|it| it.target.shown()).collect()
}

#[tokio::test]
async fn the_list_is_narrowed_by_words_channel_reason_source_and_standing() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    suppress(&mut tx, "jan@firma.cz", author).await;
    suppress(&mut tx, "0905 123 456", author).await;
    suppress_contact(&mut tx, eva, Channels::Both, author).await;
    let relay = target("plna@schranka.sk");
    let bounced =
        NewSuppression { reason: SuppressionReason::Bounced, source: SuppressionSource::Relay, ..by_hand(&relay, author) };
    suppressions::add(&mut tx, &bounced, NOW).await.unwrap();
    let Found::New(lifted) = suppress(&mut tx, "zrusene@firma.cz", author).await else { panic!("not new") };
    suppressions::lift(&mut tx, lifted, author, "súhlas", NOW).await.unwrap();

    let all = SuppressionFilter::default();
    let words = |words: &str| SuppressionFilter { words: words.into(), ..SuppressionFilter::default() };
    let everything = ["plna@schranka.sk", "Eva Nová", "+421 905 123 456", "jan@firma.cz"];
    assert_eq!(shown(&mut tx, all.clone()).await, everything);
    assert_eq!(shown(&mut tx, words("firm")).await, ["jan@firma.cz"]);
    assert_eq!(shown(&mut tx, words("nova eva")).await, ["Eva Nová"]);
    assert_eq!(shown(&mut tx, words("0905 123")).await, ["+421 905 123 456"]);
    assert_eq!(shown(&mut tx, words("+421905")).await, ["+421 905 123 456"]);
    assert_eq!(shown(&mut tx, words("telefon")).await.len(), 4);
    assert!(shown(&mut tx, words("\"*@")).await.is_empty());
    let sms = SuppressionFilter { channel: Some(Channel::Sms), ..all.clone() };
    assert_eq!(shown(&mut tx, sms).await, ["Eva Nová", "+421 905 123 456"]);
    let bounced = SuppressionFilter { reason: Some(SuppressionReason::Bounced), ..all.clone() };
    assert_eq!(shown(&mut tx, bounced).await, ["plna@schranka.sk"]);
    let person = SuppressionFilter { source: Some(SuppressionSource::Person), ..words("jan") };
    assert_eq!(shown(&mut tx, person).await, ["jan@firma.cz"]);
    let source = SuppressionFilter { source: Some(SuppressionSource::Relay), ..all.clone() };
    assert_eq!(shown(&mut tx, source).await, ["plna@schranka.sk"]);
    let history = SuppressionFilter { standing: Standing::Lifted, ..all };
    assert_eq!(shown(&mut tx, history).await, ["zrusene@firma.cz"]);
}

#[tokio::test]
async fn the_list_goes_on_where_the_page_before_ended() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    for n in 0..130 {
        suppress(&mut tx, &format!("a{n}@x.sk"), author).await;
    }
    for words in ["", "x"] {
        let filter = SuppressionFilter { words: words.into(), ..SuppressionFilter::default() };
        let mut query = SuppressionQuery { filter, after: None };
        let mut seen = Vec::new();
        loop {
            let page = suppressions::page(&mut tx, &query).await.unwrap();
            seen.extend(page.rows.iter().map(|it| it.id.0));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!(seen, (1..=130).rev().collect::<Vec<i64>>());
    }
}

#[tokio::test]
async fn what_dns_said_is_kept_by_domain_and_replaced() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    for (found, at) in [(DomainMail::Missing, NOW), (DomainMail::Takes, NOW.plus(5))] {
        suppressions::keep_domain(&mut tx, "firma.sk", DomainCheck { found, at }).await.unwrap();
    }
    let asked = ["firma.sk".to_owned(), "nikdy.sk".to_owned()];
    let known = suppressions::domains(&mut tx, &asked).await.unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(known["firma.sk"], DomainCheck { found: DomainMail::Takes, at: Moment(NOW.0 + 5) });
}
