//! Recipient lists: members, counts, names, and what happens when something goes.

use model::{
    AddedHow, Chosen, ContactDraft, ContactFilter, ContactId, ContactKind, Direction, Fault, HomeCountry, ListDraft, ListOrigin,
    ListQuery, ListSort, Nature, Noun, ParentLink, Reachable, RecipientListId, Refusal, Relation, Takeover, UserId,
};
use store::recipient_lists::{self, members};
use store::{Error, Tx, chosen, contacts};

use crate::scratch::{NOW, Scratch, contact, writer};

async fn list(tx: &mut Tx, name: &str, author: UserId) -> RecipientListId {
    let draft = ListDraft { name: name.into(), ..ListDraft::default() };
    recipient_lists::create(tx, &draft, author, NOW).await.unwrap()
}

/// A company or, as a contact person, a person.
async fn contact_of(tx: &mut Tx, kind: ContactKind, parent: Option<(ContactId, Relation)>, email: &str) -> ContactId {
    let nature = match parent {
        Some((_, Relation::ContactPerson)) => Nature::Person,
        _ => Nature::Company,
    };
    let draft = ContactDraft {
        nature,
        kind,
        last_name: "Nová".into(),
        company_name: "Drevo s. r. o.".into(),
        emails: vec![email.into()],
        parent: parent.map(|(contact, relation)| ParentLink { contact, relation }),
        ..ContactDraft::default()
    };
    let addresses = draft.check(HomeCountry::Slovakia, &[]).unwrap();
    contacts::create(tx, &draft, &addresses, NOW).await.unwrap()
}

async fn size(tx: &mut Tx, id: RecipientListId) -> u64 {
    recipient_lists::by_id(tx, id).await.unwrap().members
}

#[tokio::test]
async fn the_count_of_members_follows_what_comes_and_goes() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let fair = list(&mut tx, "Veľtrh", author).await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let jan = contact(&mut tx, "Ján", "Kováč", "jan@example.sk").await;
    let all = [eva, jan, eva, ContactId(999)];
    assert_eq!(members::add(&mut tx, fair, &all, AddedHow::Hand, author, NOW).await.unwrap(), 2);
    assert_eq!(members::add(&mut tx, fair, &[eva], AddedHow::Search, author, NOW).await.unwrap(), 0);
    assert_eq!(size(&mut tx, fair).await, 2);
    contacts::delete(&mut tx, jan).await.unwrap();
    assert_eq!(size(&mut tx, fair).await, 1);
    let of = members::of_contact(&mut tx, eva).await.unwrap();
    assert_eq!((of[0].name.as_str(), of[0].how, of[0].added_by.as_str()), ("Veľtrh", AddedHow::Hand, "Jana Nováková"));
    assert_eq!(members::remove(&mut tx, fair, &[eva, jan], NOW).await.unwrap(), 1);
    assert_eq!(size(&mut tx, fair).await, 0);
}

#[tokio::test]
async fn a_deleted_list_leaves_its_contacts_and_its_members_are_swept_out() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let (gone, kept) = (list(&mut tx, "Staré", author).await, list(&mut tx, "Nové", author).await);
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(contact(&mut tx, "Eva", &format!("Nová{n}"), &format!("eva{n}@example.sk")).await);
    }
    for id in [gone, kept] {
        members::add(&mut tx, id, &ids, AddedHow::Hand, author, NOW).await.unwrap();
    }
    recipient_lists::delete(&mut tx, gone).await.unwrap();
    assert_eq!(members::of_contact(&mut tx, ids[0]).await.unwrap().len(), 1);
    let mut swept = Vec::new();
    while swept.last() != Some(&0) {
        swept.push(members::sweep(&mut tx, 2).await.unwrap());
    }
    assert_eq!(swept, [2, 2, 1, 0]);
    assert_eq!((size(&mut tx, kept).await, contacts::by_id(&mut tx, ids[0]).await.is_ok()), (5, true));
    let missing = recipient_lists::by_id(&mut tx, gone).await;
    assert!(matches!(missing, Err(Error::Refused(Refusal::NotFound(Noun::RecipientList)))));
}

#[tokio::test]
async fn two_lists_never_have_the_same_name_whatever_the_accents() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    list(&mut tx, "Jarný veľtrh", author).await;
    let draft = ListDraft { name: "jarny  VELTRH".into(), ..ListDraft::default() };
    let taken = recipient_lists::create(&mut tx, &draft, author, NOW).await;
    assert!(matches!(taken, Err(Error::Refused(it)) if it == Refusal::field("name", Fault::Taken)));
}

#[tokio::test]
async fn lists_are_found_by_the_beginning_of_a_word_and_paged_in_every_order() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    for n in 0..130 {
        list(&mut tx, &format!("{} {n}", ["Čaj", "Chata", "Dielňa"][n % 3]), author).await;
    }
    for sort in [ListSort::Name, ListSort::Members, ListSort::Updated] {
        for direction in [Direction::Up, Direction::Down] {
            let mut query = ListQuery { sort, direction, ..ListQuery::default() };
            let mut seen = Vec::new();
            loop {
                let page = recipient_lists::page(&mut tx, &query).await.unwrap();
                seen.extend(page.rows.into_iter().map(|it| it.id));
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            let mut once = seen.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!((seen.len(), once.len()), (130, 130), "{sort:?} {direction:?}");
        }
    }
    let found = |words: &str| ListQuery { words: words.into(), ..ListQuery::default() };
    assert_eq!(recipient_lists::page(&mut tx, &found("caj 12")).await.unwrap().rows.len(), 5);
    assert_eq!(recipient_lists::page(&mut tx, &found("aj")).await.unwrap().rows.len(), 0);
}

#[tokio::test]
async fn a_change_over_a_newer_revision_is_refused() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let id = list(&mut tx, "Veľtrh", author).await;
    let draft = ListDraft {
        name: "Veľtrh 2027".into(),
        description: "Nitra".into(),
        public_name: "Pozvánky".into(),
        origin: ListOrigin::Import,
    };
    recipient_lists::change(&mut tx, id, 1, &draft, NOW).await.unwrap();
    let stale = recipient_lists::change(&mut tx, id, 1, &draft, NOW).await;
    assert!(matches!(stale, Err(Error::Refused(Refusal::Stale(Noun::RecipientList)))));
    let now = recipient_lists::by_id(&mut tx, id).await.unwrap();
    assert_eq!((now.name.as_str(), now.origin, now.revision), ("Veľtrh 2027", ListOrigin::Hand, 2));
}

#[tokio::test]
async fn a_takeover_brings_branches_and_people_only_when_wanted_and_reachable() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let firm = contact_of(&mut tx, ContactKind::Partner, None, "").await;
    let branch = contact_of(&mut tx, ContactKind::Other, Some((firm, Relation::Branch)), "pobocka@x.sk").await;
    let person = contact_of(&mut tx, ContactKind::Other, Some((firm, Relation::ContactPerson)), "").await;
    contact_of(&mut tx, ContactKind::Employee, None, "zamestnanec@x.sk").await;
    let partners = Takeover { kinds: vec![ContactKind::Partner], ..Takeover::default() };
    let cases = [
        (partners.clone(), vec![firm]),
        (Takeover { branches: true, ..partners.clone() }, vec![firm, branch]),
        (Takeover { branches: true, persons: true, ..partners.clone() }, vec![firm, branch, person]),
        (Takeover { branches: true, persons: true, reachable: Reachable::Email, ..partners }, vec![branch]),
        (Takeover::default(), Vec::new()),
    ];
    for (takeover, expected) in cases {
        assert_eq!(members::taken_over(&mut tx, &takeover, None, 9).await.unwrap(), expected, "{takeover:?}");
    }
}

#[tokio::test]
async fn the_chosen_are_taken_step_by_step_each_once() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(contact(&mut tx, "Eva", &format!("Nová{n}"), &format!("eva{n}@example.sk")).await);
    }
    let ticked = Chosen::Ticked(vec![ids[4], ids[1], ids[4], ids[6]]);
    let matching = Chosen::Matching { filter: ContactFilter::default(), except: vec![ids[2], ids[3]] };
    for (all, expected) in [(ticked, vec![ids[1], ids[4], ids[6]]), (matching, [&ids[..2], &ids[4..]].concat())] {
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let step = chosen::some(&mut tx, &all, after, 2).await.unwrap();
            assert!(step.ids.len() <= 2);
            seen.extend(step.ids);
            after = step.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected);
    }
}
