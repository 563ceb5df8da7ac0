-- What the browser tests find: products, shelves, a customer with orders, a company, a farm shop.
truncate inventory.stock, inventory.movements, inventory.reservations, inventory.products, inventory.synonyms, orders.returns, orders.outbox,
  orders.order_lines, orders.orders, orders.counters, orders.customer_addresses, orders.pickup_points, orders.customers, payments.payments,
  notifications.sent, notifications.newsletter_topics, notifications.newsletter_subscribers restart identity cascade;
insert into inventory.warehouses values ('OSL', 'Oslo') on conflict do nothing;
insert into inventory.products (sku, name, producer) values
  ('BRA-CHE-0007', 'Brown goat cheese', 'Brattåsen'), ('LIE-EGG-0012', 'Twelve free-range eggs', 'Lier farm'),
  ('FJE-HON-0003', 'Heather honey', 'Fjellbi'), ('ASK-BRE-0021', 'Rye sourdough', 'Askim bakery');
insert into inventory.synonyms values ('geitost', 'brown goat cheese');
insert into inventory.stock (sku, warehouse, on_hand) values
  ('BRA-CHE-0007', 'OSL', 40), ('LIE-EGG-0012', 'OSL', 40), ('FJE-HON-0003', 'OSL', 40), ('ASK-BRE-0021', 'OSL', 1),
  ('FJE-HON-0003', 'wh-trondheim', 20);
insert into orders.customers (email, full_name, kind, customer_id) values
  ('guest@haldenmarket.example', 'Guest', 'person', ''), ('kari@example.com', 'Kari', 'person', 'B2C-2'),
  ('nora@example.com', 'Nora', 'person', 'B2C-3'), ('orders@bakery.example', 'Halden Bakery', 'company', 'B2B-914778271');
insert into orders.orders (id, number, warehouse, customer_id, status, total_minor, placed_at, dispatched_at) values
  ('ord_01J8ZK4T5N6P7Q8R9S0T1V2W3X', 'HM-OSL-260101-0001', 'OSL', 2, 3, 20850, now() - interval '9 days', now() - interval '7 days'),
  ('ord_01J8ZK4T5N6P7Q8R9S0T1V2W4Y', 'HM-OSL-260105-0002', 'OSL', 2, 1, 11900, now() - interval '1 day', null);
insert into orders.order_lines (order_id, sku, quantity, unit_price_minor, cooled) values
  ('ord_01J8ZK4T5N6P7Q8R9S0T1V2W3X', 'FJE-HON-0003', 1, 11900, false), ('ord_01J8ZK4T5N6P7Q8R9S0T1V2W3X', 'BRA-CHE-0007', 1, 8950, true);
insert into orders.outbox (type, body, created_at, published_at) values
  ('orders.order-placed', '{"orderId": "ord_01J8ZK4T5N6P7Q8R9S0T1V2W3X"}', now() - interval '9 days', now()),
  ('orders.order-dispatched', '{"orderId": "ord_01J8ZK4T5N6P7Q8R9S0T1V2W3X"}', now() - interval '7 days', now());
insert into orders.pickup_points (name, postal_code, opens, closes) values ('Brattåsen', '1792', 9, 18), ('Voss', '5700', 10, 16);
