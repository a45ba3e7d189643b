//! Whose data it is: a customer's, with what was ordered by them or with their confirmed address, or a guest's, of
//! whom the shop knows a mail address.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};
use vitrine_entity::{
    customer,
    ids::{CustomerId, OrderId},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    customers::own,
    language::messages,
    sql,
    staff::permission::{self, Permission},
    text,
};

/// Whom it is about.
#[derive(Clone)]
pub enum Whose {
    /// Whoever is signed in, who sends their password along.
    Mine { password: String },
    /// A customer, for staff.
    Customer(CustomerId),
    /// Whoever has a mail address, for staff: their account, or what they ordered as a guest.
    Email(String),
}

/// A person, as the database knows them.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) customer: Option<CustomerId>,
    pub(super) email: String,
}

/// One of a person's orders.
#[derive(Debug, FromQueryResult)]
pub(super) struct TheirOrder {
    pub(super) id: OrderId,
    pub(super) number: String,
    pub(super) placed_at: DateTime<Utc>,
}

/// Which orders are a person's: those of the account, and those that a guest placed with its address.
const THEIRS: &str = "(customer_id = $1 or (customer_id is null and email = $2))";

impl Person {
    /// # Errors
    /// `UNAUTHENTICATED`, `WRONG_CREDENTIALS`; `FORBIDDEN` without the permission `CUSTOMERS`; `NOT_FOUND`; `INVALID`.
    pub(super) async fn find(shop: &Shop, context: &Context, whose: &Whose) -> Result<Self> {
        let customer = match whose {
            Whose::Mine { password } => {
                let id = own::myself(context)?;
                own::verify(shop, context, id, password, &["password"]).await?
            }
            Whose::Customer(id) => {
                permission::require_or_system(context, Permission::Customers)?;
                let found = customer::Entity::find_by_id(*id).one(&shop.db).await?;
                found.ok_or_else(|| Refusal::not_found("customer").at(&["customerId"]))?
            }
            Whose::Email(email) => {
                permission::require_or_system(context, Permission::Customers)?;
                let email = text::email(&["email"], email)?;
                let account = customer::Column::Email.eq(&email);
                let found = customer::Entity::find().filter(account).one(&shop.db).await?;
                let Some(found) = found else {
                    return Ok(Self { customer: None, email });
                };
                found
            }
        };
        Ok(Self {
            customer: Some(customer.id),
            email: customer.email,
        })
    }

    /// The id of the account, or one that nobody has.
    pub(super) fn key(&self) -> CustomerId {
        self.customer.unwrap_or(CustomerId(uuid::Uuid::nil()))
    }

    /// Their orders behind `after`, the oldest first, in so far as `condition` holds.
    pub(super) async fn orders(
        &self,
        shop: &Shop,
        condition: &str,
        after: OrderId,
        limit: i64,
    ) -> Result<Vec<TheirOrder>> {
        let sql = format!(
            "select id, number, placed_at from orders where {THEIRS} and id > $3 and {condition} order by id limit $4"
        );
        let values = [
            self.key().into(),
            self.email.as_str().into(),
            after.into(),
            limit.into(),
        ];
        Ok(sql::all(&shop.db, &sql, values).await?)
    }
}

/// Refuses what names neither a customer nor a mail address, or both.
///
/// # Errors
/// `INVALID`.
pub fn one_of(customer: Option<CustomerId>, email: Option<String>) -> Result<Whose, Refusal> {
    match (customer, email) {
        (Some(id), None) => Ok(Whose::Customer(id)),
        (None, Some(email)) => Ok(Whose::Email(email)),
        _ => {
            let message = messages::name_customer_or_mail();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["customerId"]))
        }
    }
}
