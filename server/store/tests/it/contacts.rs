//! Contacts: lists by key, words without diacritics, stale edits.

use model::{
    ContactDraft, ContactFilter, ContactKind, ContactQuery, ContactSort, Direction, HomeCountry, Nature, Noun, Purpose, Refusal,
};
use store::{Error, contacts, picker};

use crate::scratch::{NOW, Scratch, contact, email};

fn words(words: &str) -> ContactFilter {
    ContactFilter { words: words.into(), ..ContactFilter::default() }
}

#[tokio::test]
async fn a_contact_is_found_by_the_beginnings_of_its_words_without_case_and_diacritics() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    contact(&mut tx, "Zuzana", "Čapková", "zuzana.capkova@example.sk").await;
    contact(&mut tx, "Adam", "Řehoř", "adam@firma.cz").await;
    for found in ["capk", "ČAPKOVÁ zuz", "zilina cap", "zuzana.capkova@example.sk", "+421 903 622", "0903622237"] {
        let n = contacts::count(&mut tx, &words(found)).await.unwrap().n;
        assert!(0 < n, "{found}");
    }
    assert_eq!(contacts::count(&mut tx, &words("rehor")).await.unwrap().n, 1);
    for hostile in ["\"", "*", "NEAR(", "a OR b", "words:x", "- -", "'; DROP TABLE contacts; --", "^cap"] {
        contacts::count(&mut tx, &words(hostile)).await.unwrap();
    }
    assert_eq!(contacts::count(&mut tx, &words("nikto")).await.unwrap().n, 0);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition_in_every_order() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    for n in 0..150 {
        let name = ["Čapek", "Cyril", "Chalupa", "Hudec", "Šimek"][n % 5];
        contact(&mut tx, "Ján", name, &format!("jan{n}@example.sk")).await;
    }
    for sort in ContactSort::ALL {
        for direction in [Direction::Up, Direction::Down] {
            let mut query = ContactQuery { sort, direction, ..ContactQuery::default() };
            let mut seen = Vec::new();
            loop {
                let page = contacts::page(&mut tx, &query).await.unwrap();
                seen.extend(page.rows.into_iter().map(|it| (it.row.name, it.row.id)));
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            let mut ids: Vec<_> = seen.iter().map(|it| it.1).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!((seen.len(), ids.len()), (150, 150), "{sort:?} {direction:?}");
            if (sort, direction) == (ContactSort::Name, Direction::Up) {
                assert_eq!((seen[0].0.as_str(), seen[149].0.as_str()), ("Ján Cyril", "Ján Šimek"));
            }
        }
    }
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let draft = ContactDraft {
        nature: Nature::Company,
        kind: ContactKind::Partner,
        company_name: "Drevo s.r.o.".into(),
        ..ContactDraft::default()
    };
    contacts::create(&mut tx, &draft, &draft.check(HomeCountry::Slovakia, &[]).unwrap(), NOW).await.unwrap();
    let companies = ContactFilter { nature: Some(Nature::Company), ..ContactFilter::default() };
    let clients = ContactFilter { kind: Some(ContactKind::Client), ..ContactFilter::default() };
    assert_eq!(contacts::count(&mut tx, &companies).await.unwrap().n, 1);
    assert_eq!(contacts::count(&mut tx, &clients).await.unwrap().n, 1);
    assert_eq!(contacts::count(&mut tx, &ContactFilter::default()).await.unwrap().n, 2);
}

#[tokio::test]
async fn an_edit_of_an_older_revision_is_refused_as_stale() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let id = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let mut fields = contacts::by_id(&mut tx, id).await.unwrap().fields;
    fields.emails = vec!["eva.nova@example.sk".into()];
    let addresses = fields.check(HomeCountry::Slovakia, &[]).unwrap();
    contacts::change(&mut tx, id, 1, &fields, &addresses, NOW).await.unwrap();
    let stale = contacts::change(&mut tx, id, 1, &fields, &addresses, NOW).await;
    assert!(matches!(stale, Err(Error::Refused(Refusal::Stale(Noun::Contact)))));
    assert!(contacts::by_address(&mut tx, &email("eva@example.sk").into()).await.unwrap().is_none());
    assert_eq!(contacts::by_address(&mut tx, &email("EVA.NOVA@example.sk").into()).await.unwrap().map(|it| it.0), Some(id));
}

#[tokio::test]
async fn a_deleted_contact_is_not_found_by_its_words_any_more() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let id = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    assert_eq!(picker::offer(&mut tx, "nov", Purpose::General, 8).await.unwrap().len(), 1);
    contacts::delete(&mut tx, id).await.unwrap();
    assert_eq!(picker::offer(&mut tx, "nov", Purpose::General, 8).await.unwrap().len(), 0);
    assert!(contacts::by_id(&mut tx, id).await.is_err());
}
