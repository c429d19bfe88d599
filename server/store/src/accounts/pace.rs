//! How fast accounts send.

use std::collections::HashMap;

use model::{AccountId, DomainLimit, DomainName, Moment, Pace, SendingWindow};
use sqlx::SqliteConnection;

use crate::error::Error;
use crate::tx::Tx;

/// The columns of an account that its pace is made of.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    connections: i64,
    messages_per_connection: i64,
    minute_limit: Option<i64>,
    window_days: i64,
    window_from: i64,
    window_until: i64,
    ramp_first_day: Option<i64>,
}

impl Row {
    pub(super) fn with(self, domains: Vec<DomainLimit>) -> Pace {
        Pace {
            connections: self.connections as u8,
            messages_per_connection: self.messages_per_connection as u32,
            minute_limit: self.minute_limit.map(|it| it as u32),
            window: SendingWindow {
                days: self.window_days as u8,
                from: self.window_from as u16,
                until: self.window_until as u16,
            },
            ramp: self.ramp_first_day.map(|it| it as u32),
            domains,
        }
    }
}

/// The limits of domains by the account's number; of one account or of all.
pub(super) async fn domains(
    connection: &mut SqliteConnection,
    account: Option<AccountId>,
) -> Result<HashMap<i64, Vec<DomainLimit>>, Error> {
    let rows: Vec<(i64, String, i64)> = sqlx::query_as(
        "SELECT account_id, domain, per_hour FROM domain_limits WHERE $1 IS NULL OR account_id = $1 ORDER BY account_id, domain",
    )
    .bind(account.map(|it| it.0))
    .fetch_all(connection)
    .await?;
    let mut limits: HashMap<i64, Vec<DomainLimit>> = HashMap::new();
    for (account, domain, per_hour) in rows {
        let domain = DomainName::parse(&domain).map_err(|_| Error::UnknownCode(domain))?;
        limits.entry(account).or_default().push(DomainLimit { domain, per_hour: per_hour as u32 });
    }
    Ok(limits)
}

/// Writes the pace. A ramp begins when it is first set; what waits for the slots of domains gets new ones when their limits change.
pub(crate) async fn write(tx: &mut Tx, id: AccountId, pace: &Pace, now: Moment) -> Result<(), Error> {
    sqlx::query(
        "UPDATE accounts
         SET connections = $2, messages_per_connection = $3, minute_limit = $4, window_days = $5, window_from = $6, window_until = $7,
             ramp_began_at = CASE WHEN $8 IS NULL THEN NULL WHEN ramp_first_day IS NULL THEN $9 ELSE ramp_began_at END,
             ramp_first_day = $8
         WHERE id = $1",
    )
    .bind(id.0)
    .bind(i64::from(pace.connections))
    .bind(i64::from(pace.messages_per_connection))
    .bind(pace.minute_limit.map(i64::from))
    .bind(i64::from(pace.window.days))
    .bind(i64::from(pace.window.from))
    .bind(i64::from(pace.window.until))
    .bind(pace.ramp.map(i64::from))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    let before = domains(tx, Some(id)).await?.remove(&id.0).unwrap_or_default();
    let mut wanted = pace.domains.clone();
    wanted.sort_by(|a, b| a.domain.cmp(&b.domain));
    if before == wanted {
        return Ok(());
    }
    sqlx::query("DELETE FROM domain_limits WHERE account_id = $1").bind(id.0).execute(&mut **tx).await?;
    for limit in &wanted {
        sqlx::query("INSERT INTO domain_limits (account_id, domain, per_hour) VALUES ($1, $2, $3)")
            .bind(id.0)
            .bind(limit.domain.as_str())
            .bind(i64::from(limit.per_hour))
            .execute(&mut **tx)
            .await?;
    }
    sqlx::query(
        "UPDATE deliveries SET waits = 'time', due_at = $2 WHERE account_id = $1 AND state = 'waiting' AND waits = 'domain'",
    )
    .bind(id.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
