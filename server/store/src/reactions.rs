//! How people react to the mails of campaigns: the measured links, what was counted, and who reacted.

mod count;
mod list;

use std::collections::HashMap;

use model::{CampaignId, ContactId};
use sqlx::SqliteConnection;

pub use count::{Known, Tally, add, forget, known};
pub(crate) use list::codes;
pub use list::{Done, Seen, measure, of_contact, page, report};

use crate::Store;
use crate::db::next_id;
use crate::error::Error;
use crate::tx::Tx;
use crate::vault::Place;

/// A measured link of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which one.
    pub id: i64,
    /// Where it leads; nothing for the picture by which opening is noticed.
    pub target: Option<String>,
}

type Row = (i64, Option<Vec<u8>>);

fn link(store: &Store, (id, target): Row) -> Result<Link, Error> {
    let target = target.map(|it| store.vault().open_text(target_of(id), &it)).transpose()?;
    Ok(Link { id, target })
}

/// Sets which links the messages measure that a campaign makes from now on. Those that were measured before lead on.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_links(store: &Store, tx: &mut Tx, id: CampaignId, opens: bool, targets: &[String]) -> Result<(), Error> {
    let there = all(store, tx, id, false).await?;
    sqlx::query("UPDATE campaign_links SET is_current = 0 WHERE campaign_id = $1").bind(id.0).execute(&mut **tx).await?;
    let wanted = opens.then_some(None).into_iter().chain(targets.iter().map(Some));
    for target in wanted {
        if let Some(link) = there.iter().find(|it| it.target.as_ref() == target) {
            sqlx::query("UPDATE campaign_links SET is_current = 1 WHERE id = $1").bind(link.id).execute(&mut **tx).await?;
            continue;
        }
        let new = next_id(tx, "campaign_links").await?;
        let sealed = target.map(|it| store.vault().seal_text(target_of(new), it)).transpose()?;
        sqlx::query("INSERT INTO campaign_links (id, campaign_id, target, is_current) VALUES ($1, $2, $3, 1)")
            .bind(new)
            .bind(id.0)
            .bind(sealed)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The links that the messages measure which a campaign makes now.
///
/// # Errors
/// Fails when the database fails; names a damaged one.
pub async fn links(store: &Store, connection: &mut SqliteConnection, id: CampaignId) -> Result<Vec<Link>, Error> {
    all(store, connection, id, true).await
}

async fn all(store: &Store, connection: &mut SqliteConnection, id: CampaignId, current: bool) -> Result<Vec<Link>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, target FROM campaign_links WHERE campaign_id = $1 AND (is_current = 1 OR $2 = 0) ORDER BY id")
            .bind(id.0)
            .bind(current)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|it| link(store, it)).collect()
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The campaign, while it is there.
    pub campaign: Option<CampaignId>,
    /// The address as it was written.
    pub target: String,
}

/// Where links lead, whatever became of their campaigns; those that are pictures, or not there, are left out.
///
/// # Errors
/// Fails when the database fails; names a damaged one.
pub async fn targets(store: &Store, connection: &mut SqliteConnection, links: &[i64]) -> Result<HashMap<i64, Target>, Error> {
    let rows: Vec<(i64, Option<i64>, Vec<u8>)> = sqlx::query_as(
        "SELECT id, campaign_id, target FROM campaign_links
         WHERE id IN (SELECT value FROM json_each($1)) AND target IS NOT NULL",
    )
    .bind(serde_json::to_string(links)?)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(id, campaign, sealed)| {
            let target = store.vault().open_text(target_of(id), &sealed)?;
            Ok((id, Target { campaign: campaign.map(CampaignId), target }))
        })
        .collect()
}

/// Those of these contacts who agreed to be written to by mail.
///
/// # Errors
/// Fails when the database fails.
pub async fn agreeing(connection: &mut SqliteConnection, contacts: &[ContactId]) -> Result<Vec<ContactId>, Error> {
    let ids: Vec<i64> = contacts.iter().map(|it| it.0).collect();
    let agreed: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM contacts WHERE id IN (SELECT value FROM json_each($1)) AND consent_email IN ('given', 'confirmed')",
    )
    .bind(serde_json::to_string(&ids)?)
    .fetch_all(connection)
    .await?;
    Ok(agreed.into_iter().map(ContactId).collect())
}

/// Whether the reactions to a prepared message are known by name.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_named(connection: &mut SqliteConnection, campaign: CampaignId, place: i64) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM campaign_recipients WHERE campaign_id = $1 AND place = $2 AND reaction IS NOT NULL)",
    )
    .bind(campaign.0)
    .bind(place)
    .fetch_one(connection)
    .await?)
}

fn target_of(link: i64) -> Place {
    Place { table: "campaign_links", column: "target", row: link }
}
