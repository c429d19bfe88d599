//! Text messages: their accounts, the gateways behind them, and what those tell.
//!
//! A delivery is named to a gateway by its id and a tag that only we can make, so that nobody can tell lies about it and no second
//! installation at the same gateway uses the same name.

mod accounts;
mod callback;
mod centre;
mod credit;
mod gateway;
mod polling;
mod receipts;

use delivery::sms::Reference;
use model::DeliveryId;

pub use accounts::{presets, save, test};
pub use callback::{Called, Caller, called};
pub use polling::{Turn, run, turn};

pub(crate) use accounts::add_standings;
pub(crate) use credit::{out_of_credit, took};
pub(crate) use gateway::{Gateways, of_account};
pub(crate) use polling::first_question;
pub(crate) use receipts::settle_kept;

use crate::{Engine, hex};

/// Our name of a delivery at a gateway.
pub(crate) fn reference(engine: &Engine, id: DeliveryId) -> Result<Reference, String> {
    let tag = hex::write(&engine.store.vault().return_path_tag(id)[..8]);
    Reference::parse(&format!("{id}-{tag}")).map_err(|fault| fault.to_string())
}

/// The delivery that a gateway names so; nothing if the name is not one that we made.
pub(crate) fn delivery_of(engine: &Engine, name: &Reference) -> Option<DeliveryId> {
    let id = DeliveryId(name.as_str().split_once('-')?.0.parse().ok()?);
    (reference(engine, id).as_ref() == Ok(name)).then_some(id)
}
