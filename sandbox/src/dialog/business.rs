//! A business login: which of the person's portfolios the app is given.

use super::request::DialogRequest;
use crate::seed::{Business, Person};
use crate::state::Data;

/// The portfolios that the person belongs to.
pub fn of<'a>(data: &'a Data, person: &Person) -> Vec<&'a Business> {
    let ids = person.businesses.iter();
    ids.filter_map(|id| data.world.business(id)).collect()
}

/// The portfolio of a business login: the one that is named, or the only one there is.
pub fn chosen<'a>(
    data: &'a Data,
    request: &DialogRequest,
    person: &Person,
) -> Option<&'a Business> {
    if !request.is_for_business() {
        return None;
    }
    let mut businesses = of(data, person).into_iter();
    match request.business() {
        Some(id) => businesses.find(|business| business.id == id),
        None => businesses.next().filter(|_| businesses.next().is_none()),
    }
}

/// Whether the person has yet to choose.
pub fn is_open(data: &Data, request: &DialogRequest, person: &Person) -> bool {
    request.is_for_business() && chosen(data, request, person).is_none()
}
