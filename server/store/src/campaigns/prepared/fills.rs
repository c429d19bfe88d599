//! Values that a person filled in where they are missing or doubtful.

use model::CampaignId;
use sqlx::SqliteConnection;

use crate::Store;
use crate::error::Error;
use crate::tx::Tx;
use crate::vault::Place;

/// Values that a person filled in: place (zero for everybody), path, and the words, or nothing to let a doubtful value stand.
pub type Fills = Vec<(i64, String, Option<String>)>;

/// The values that were filled in for everybody and for these places.
///
/// # Errors
/// Names a damaged one.
pub async fn fills(store: &Store, connection: &mut SqliteConnection, id: CampaignId, places: &[i64]) -> Result<Fills, Error> {
    let rows: Vec<(i64, String, Option<Vec<u8>>)> = sqlx::query_as(
        "SELECT place, path, value FROM campaign_fills
         WHERE campaign_id = $1 AND (place = 0 OR place IN (SELECT value FROM json_each($2))) ORDER BY place",
    )
    .bind(id.0)
    .bind(serde_json::to_string(places)?)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(place, path, value)| {
            let value = value.map(|it| store.vault().open_text(fill_of(id), &it)).transpose()?;
            Ok((place, path, value))
        })
        .collect()
}

/// Fills a value in, for everybody (place zero) or for one.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_fill(
    store: &Store,
    tx: &mut Tx,
    id: CampaignId,
    place: i64,
    path: &str,
    value: Option<&str>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO campaign_fills (campaign_id, place, path, value) VALUES ($1, $2, $3, $4)
         ON CONFLICT (campaign_id, place, path) DO UPDATE SET value = excluded.value",
    )
    .bind(id.0)
    .bind(place)
    .bind(path)
    .bind(value.map(|it| store.vault().seal_text(fill_of(id), it)).transpose()?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn fill_of(id: CampaignId) -> Place {
    Place { table: "campaign_fills", column: "value", row: id.0 }
}
