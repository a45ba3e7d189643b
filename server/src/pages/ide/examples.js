// What a newcomer can try, in the order of the list: { title, query, variables? }. The first ones
// are a purchase: what an answer brings (a cart's id, an order's token) goes into the variables of
// the next step by itself.
const known = {
  variantId: "run step 1 first",
  cartId: "run step 2 first",
  shippingMethodId: "run step 3 first",
  orderId: "run step 5 first",
  orderAccessToken: null,
};

// Takes from an answer what later steps need.
export function learn(text) {
  try { look(JSON.parse(text).data); } catch { /* no JSON, nothing to learn */ }
}

function look(value) {
  if (Array.isArray(value)) return value.forEach(look);
  if (value === null || typeof value !== "object") return;
  for (const [name, part] of Object.entries(value)) {
    if (name === "cart" && part?.id) known.cartId = part.id;
    if (name === "order" && part?.id) known.orderId = part.id;
    if (name === "orderAccessToken" && part) known.orderAccessToken = part;
    if (name === "accessToken" && part) signIn(part);
    if (name === "variants") known.variantId = part?.find((variant) => variant.availableForSale)?.id ?? known.variantId;
    if (name === "shippingMethods" && part?.[0]?.id) known.shippingMethodId = part[0].id;
    look(part);
  }
}

// Whoever signed in is who asks from now on. Empty the headers to be a guest again.
function signIn(accessToken) {
  const headers = document.getElementById("headers");
  headers.value = JSON.stringify({ authorization: `Bearer ${accessToken}` });
  headers.dispatchEvent(new Event("input"));
}

export const examples = [
  {
    title: "1 · Find something (typing errors and all)",
    query: `# Press Ctrl-Enter. Then go on with the next example: its variables are filled in.
query Find($text: String!) {
  productSearch(query: $text, first: 3) {
    totalCount
    nodes {
      title
      priceRange { min { amount currencyCode } }
      featuredPicture { url altText }
      variants { id title availableForSale price { amount } }
    }
    facets { name values { label count where } }
  }
}`,
    variables: { text: "lapm" },
  },
  {
    title: "2 · Put it into a cart",
    query: `mutation Begin($input: CartCreateInput!) {
  cartCreate(input: $input) {
    cart {
      id
      version
      lines { quantity variant { sku } product { title } cost { total { amount } } }
      cost { subtotal { amount } total { amount currencyCode } }
      problems { code message }   # what is still missing
    }
    userErrors { code message field }
  }
}`,
    get variables() { return { input: { lines: [{ variantId: known.variantId, quantity: 1 }] } }; },
  },
  {
    title: "3 · Say who buys, and where it goes",
    query: `mutation Deliver($contact: CartContactUpdateInput!, $addresses: CartAddressesUpdateInput!) {
  cartContactUpdate(input: $contact) { userErrors { code message field } }
  cartAddressesUpdate(input: $addresses) {
    cart {
      id
      shippingMethods { id name description price { amount currencyCode } }
      cost { tax { amount } taxes { name basisPoints amount { amount } } }
    }
    userErrors { code message field }
  }
}`,
    get variables() {
      const shippingAddress = {
        name: "Ada Lovelace", line1: "Unter den Linden 1", city: "Berlin", postalCode: "10117", countryCode: "DE",
      };
      return {
        contact: { cartId: known.cartId, email: "ada@example.com" },
        addresses: { cartId: known.cartId, shippingAddress },
      };
    },
  },
  {
    title: "4 · Choose how it is sent",
    query: `mutation Ship($input: CartShippingMethodSelectInput!) {
  cartShippingMethodSelect(input: $input) {
    cart { id version readyToPlace cost { shipping { amount } total { amount currencyCode } } problems { code message } }
    userErrors { code message field }
  }
}`,
    get variables() { return { input: { cartId: known.cartId, shippingMethodId: known.shippingMethodId } }; },
  },
  {
    title: "5 · Place the order",
    query: `# Run it twice: the same key gives the same order, never a second one.
# Other tokens to try: tok_decline, tok_second_factor, tok_pending, tok_timeout_after.
mutation Place($input: OrderPlaceInput!) {
  orderPlace(input: $input) {
    order { id number status cost { total { amount currencyCode } } }
    orderAccessToken
    replayed
    userErrors { code message field ... on InsufficientStockError { sku availableQuantity } }
  }
}`,
    get variables() {
      return { input: { cartId: known.cartId, idempotencyKey: key(), paymentMethod: { token: "tok_approve" } } };
    },
  },
  {
    title: "6 · Follow it live",
    query: `# It tells what has happened, then waits. Dispatch the order in another tab (steps 8 and 9).
subscription Follow($orderId: ID!, $accessToken: String) {
  orderUpdates(orderId: $orderId, accessToken: $accessToken) {
    cursor
    event { kind message createdAt }
    order {
      status
      progress { percent }
      payment { status declineMessage action { kind url } }
      shipments { carrier trackingUrl }
    }
  }
}`,
    get variables() { return { orderId: known.orderId, accessToken: known.orderAccessToken }; },
  },
  {
    title: "7 · Pay again, after tok_decline",
    query: `mutation PayAgain($input: OrderPaymentRetryInput!) {
  orderPaymentRetry(input: $input) {
    order { id status payment { status amount { amount } } }
    userErrors { code message field }
  }
}`,
    get variables() {
      const accessToken = known.orderAccessToken;
      return { input: { orderId: known.orderId, accessToken, paymentMethod: { token: "tok_approve" } } };
    },
  },
  {
    title: "8 · Staff: sign in",
    query: `# The token goes into Headers by itself, and lasts some minutes. Empty them to be a guest again.
mutation SignIn($input: StaffLoginInput!) {
  staffLogin(input: $input) {
    session { accessToken accessTokenExpiresAt staffMember { name role permissions } }
    userErrors { code message }
  }
}`,
    variables: { input: { email: "staff@example.com", password: "vitrine demo staff" } },
  },
  {
    title: "9 · Staff: dispatch the order",
    query: `# As staff (step 8). Then read the mails: /dev/mail
mutation Dispatch($input: OrderDispatchInput!) {
  orderDispatch(input: $input) {
    order { id status shipments { carrier trackingNumber lines { title quantity } } }
    userErrors { code message field }
  }
}`,
    get variables() {
      const parcel = { carrier: "DHL", trackingNumber: "00340434161094", trackingUrl: "https://www.dhl.example/00340434161094" };
      return { input: { orderId: known.orderId, ...parcel } };
    },
  },
  {
    title: "Staff: orders and stock",
    query: `# As staff (step 8).
query Today {
  orders(first: 10, where: { status: CONFIRMED }) {
    nodes { number email placedAt cost { total { amount currencyCode } } lines { quantity sku title } }
    pageInfo { hasNextPage endCursor }
  }
  products(first: 5, sort: BEST_SELLING) {
    nodes { title variants { sku availableQuantity stock { onHand reserved version } lowStockThreshold } }
  }
}`,
  },
  {
    title: "Browse: categories, filters, pages",
    query: `query Browse($where: ProductWhere, $after: String) {
  categories { name slug children { name slug } }
  products(first: 12, after: $after, where: $where, sort: PRICE_ASCENDING) {
    totalCount
    nodes {
      slug title vendor
      priceRange { min { amount } max { amount currencyCode } }
      compareAtPrice { amount }
      availableForSale
      attributes { name value }
      category { name ancestors { name } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: { where: { inStock: true, priceMax: "50.00" }, after: null },
  },
  {
    title: "An account: sign up",
    query: `# Confirm the address by the mail's link: /dev/mail shows it. Then sign in.
mutation SignUp($input: CustomerSignUpInput!) {
  customerSignUp(input: $input) { requested userErrors { code message field } }
}`,
    variables: { input: { email: "ada@example.com", password: "correct horse battery", name: "Ada Lovelace" } },
  },
  {
    title: "An account: sign in",
    query: `# The token goes into Headers by itself. Empty them to be a guest again.
mutation SignIn($input: CustomerLoginInput!) {
  customerLogin(input: $input) {
    session { accessToken refreshToken customer { id name email } }
    userErrors { code message field }
  }
}`,
    variables: { input: { email: "ada@example.com", password: "correct horse battery" } },
  },
  {
    title: "An account: orders and messages",
    query: `# As a customer: sign in first.
query Mine {
  viewer {
    name
    unreadNotificationCount
    notifications(first: 10) { nodes { title read createdAt order { number } } }
    orders(first: 10) { nodes { number status progress { percent } cost { total { amount currencyCode } } } }
  }
}`,
  },
  {
    title: "What this API can do",
    query: `# The schema stands at the right, too, with a description of everything.
{
  __schema {
    queryType { fields { name description } }
    mutationType { fields { name description } }
    subscriptionType { fields { name description } }
  }
}`,
  },
];

// A browser offers randomUUID only where the page is served securely or by this machine.
function key() {
  return crypto.randomUUID?.() ?? `try-${Date.now()}-${Math.random().toString(36).slice(2)}`;
}
