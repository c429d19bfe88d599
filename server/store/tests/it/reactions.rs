//! Measured links of campaigns, and what is counted at them.

use model::{CampaignDraft, CampaignId, Measure};
use store::reactions::{self, Tally};
use store::{Tx, campaigns};

use crate::scratch::{NOW, Scratch, writer};

async fn campaign(scratch: &Scratch, tx: &mut Tx) -> CampaignId {
    let author = writer(tx, "jana@firma.sk").await;
    let draft = CampaignDraft { name: "Zľava".into(), ..CampaignDraft::default() };
    campaigns::create(&scratch.store, tx, &draft, None, author, NOW).await.unwrap()
}

#[tokio::test]
async fn a_link_keeps_its_number_and_leads_on_when_it_is_measured_no_more() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let id = campaign(&scratch, &mut tx).await;
    let both = ["https://a.sk".to_owned(), "https://b.sk".to_owned()];
    reactions::set_links(&scratch.store, &mut tx, id, true, &both).await.unwrap();
    let first = reactions::links(&scratch.store, &mut tx, id).await.unwrap();
    reactions::set_links(&scratch.store, &mut tx, id, false, &both[1..]).await.unwrap();
    assert_eq!(reactions::links(&scratch.store, &mut tx, id).await.unwrap(), first[2..]);
    let ids: Vec<i64> = first.iter().map(|it| it.id).collect();
    let targets = reactions::targets(&scratch.store, &mut tx, &ids).await.unwrap();
    assert_eq!((targets.len(), targets[&first[1].id].target.as_str()), (2, "https://a.sk"));
    assert_eq!(reactions::measure(&mut tx, id).await.unwrap(), Measure { opens: false, clicks: true });
}

#[tokio::test]
async fn an_hour_of_which_only_something_is_taken_back_does_not_eat_what_comes_after() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let id = campaign(&scratch, &mut tx).await;
    reactions::set_links(&scratch.store, &mut tx, id, false, &["https://a.sk".to_owned()]).await.unwrap();
    let link = reactions::links(&scratch.store, &mut tx, id).await.unwrap()[0].id;
    for times in [-1, 1] {
        reactions::add(&mut tx, &[Tally { link, place: 0, times, machines: 0, first: NOW, last: NOW }]).await.unwrap();
    }
    let told = reactions::report(&scratch.store, &mut tx, id).await.unwrap().unwrap();
    assert_eq!(told.flow.iter().map(|it| it.clicks).collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn what_turns_out_to_be_a_machine_is_taken_back_and_never_counts_below_nothing() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let id = campaign(&scratch, &mut tx).await;
    reactions::set_links(&scratch.store, &mut tx, id, false, &["https://a.sk".to_owned()]).await.unwrap();
    let link = reactions::links(&scratch.store, &mut tx, id).await.unwrap()[0].id;
    let tally = |times, machines| Tally { link, place: 0, times, machines, first: NOW, last: NOW };
    reactions::add(&mut tx, &[tally(3, 0)]).await.unwrap();
    let told = reactions::report(&scratch.store, &mut tx, id).await.unwrap().unwrap();
    assert_eq!((told.clicks, told.machines, told.flow.len()), (3, 0, 1));
    reactions::add(&mut tx, &[tally(-5, 5), Tally { link: link + 1, ..tally(1, 0) }]).await.unwrap();
    let told = reactions::report(&scratch.store, &mut tx, id).await.unwrap().unwrap();
    assert_eq!((told.clicks, told.machines, told.flow.len()), (0, 5, 0));
}
