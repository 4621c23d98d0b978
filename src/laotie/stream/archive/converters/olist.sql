-- Olist's tables (raw_*, every value text, _line the file's line) into an archive's tables.

create table sold as  -- one row an item, with when it was ordered and, within its basket, the place of its seller
select i.*, o.order_purchase_timestamp as placed_at,
       i.order_id || ':' || i.order_item_id as line_id,
       min(i._line) over (partition by i.order_id, i.seller_id) as seller_line
from raw_order_items i left join raw_orders o using (order_id);

create table baskets as  -- one row a pair of order and seller; the order keeps its own id where it has one seller
select order_id, seller_id, max(shipping_limit_date) as ship_by,
       count(*) over (partition by order_id) as sellers,
       case when count(*) over (partition by order_id) = 1 then order_id
            else order_id || '-' || row_number() over (partition by order_id order by min(seller_line)) end as id
from sold group by order_id, seller_id;

create table categories as
select key as id, parent, 'olist-' || key as slug, zh as name_zh, en as name_en, cast(row_number() over (order by _line) as varchar) as position
from olist_branches
union all
select coalesce(key, 'unsorted'), "group", 'olist-' || replace(coalesce(key, 'unsorted'), '_', '-'), zh, en, cast(row_number() over (order by _line) as varchar)
from olist_categories;

create table buyers as
select customer_unique_id as id, w.buyer || ' ' || customer_unique_id[:6] as name,
       min(o.order_purchase_timestamp) as joined_at, getvariable('language') as language,
       arg_max(customer_state, o.order_purchase_timestamp) as region,
       arg_max(customer_city, o.order_purchase_timestamp) as city,
       lpad(split_part(arg_max(customer_zip_code_prefix, o.order_purchase_timestamp), '.', 1), 5, '0') as postcode,
       'olist_customers_dataset.csv:' || min(c._line) as source
from raw_customers c left join raw_orders o using (customer_id), words w
group by customer_unique_id, w.buyer order by min(c._line);

create table shops as
select seller_id as id, w.shop || ' ' || seller_id[:6] as name, 'shop-' || seller_id[:12] as slug,
       case when regexp_full_match(seller_city, '[0-9]+') then seller_state
            else concat_ws(', ', array_to_string(list_transform(string_split(seller_city, ' '),
                           lambda x: upper(x[:1]) || x[2:]), ' '), seller_state) end as ships_from,
       quantile_disc(try_cast(s.freight_value as decimal(18, 2)), 0.5)::varchar as freight,
       coalesce(min(s.placed_at), (select min(order_purchase_timestamp) from raw_orders)) as approved_at,
       'olist_sellers_dataset.csv:' || r._line as source
from raw_sellers r left join sold s using (seller_id), words w
group by seller_id, seller_city, seller_state, w.shop, r._line order by r._line;

create table products as
select p.product_id as id, s.shop,
       coalesce(c.key, case when p.product_category_name is null then 'unsorted' else p.product_category_name end) as category,
       case when getvariable('language') = 'zh'
            then coalesce(c.zh, '未分类') || ' ' || upper(p.product_id[:4]) || ' 号'
            else coalesce(c.en, 'Not sorted') || ' ' || w.number || ' ' || upper(p.product_id[:4]) end as title,
       w.says as description,
       json_merge_patch(
           case when p.product_weight_g is null then '{}' else json_object(w.weight, p.product_weight_g || ' g') end,
           case when p.product_length_cm is null then '{}'
                else json_object(w.size, concat_ws(' × ', p.product_length_cm, p.product_width_cm, p.product_height_cm) || ' cm') end,
           case when p.product_photos_qty is null then '{}' else json_object(w.photos, p.product_photos_qty) end) as facts,
       coalesce(s.first_at, (select min(order_purchase_timestamp) from raw_orders)) as listed_at,
       'olist_products_dataset.csv:' || p._line as source
from raw_products p left join olist_categories c on c.key = p.product_category_name
     left join (select product_id, arg_min(seller_id, placed_at) as shop, min(placed_at) as first_at
                from sold group by product_id) s using (product_id), words w
order by p._line;

create table offers as
select product_id || ':' || seller_id as id, product_id as product, seller_id as shop,
       arg_max(price, placed_at || line_id) as price,
       cast(greatest(10, count(*)) as varchar) as stock, 'on_sale' as status,
       'olist_order_items_dataset.csv:' || min(_line) as source
from sold group by product_id, seller_id order by min(_line);

create table orders as
select coalesce(b.id, o.order_id) as id, o.order_id as checkout, c.customer_unique_id as buyer, b.seller_id as shop,
       case order_status when 'created' then 'placed' when 'approved' then 'paid' when 'invoiced' then 'paid'
                         when 'processing' then 'paid' when 'shipped' then 'shipped' when 'delivered' then 'done'
                         when 'canceled' then 'cancelled' when 'unavailable' then 'cancelled'
                         else order_status end as state,
       order_purchase_timestamp as placed_at, order_approved_at as paid_at,
       b.ship_by as promised_ship_at, order_estimated_delivery_date as promised_arrival_at,
       case when order_status = 'delivered'
            then strftime(try_cast(order_delivered_customer_date as timestamp) + interval 7 days, '%Y-%m-%d %H:%M:%S') end as done_at,
       case when order_status in ('canceled', 'unavailable')
            then greatest(order_purchase_timestamp, order_approved_at, order_delivered_carrier_date, order_delivered_customer_date)
            end as cancelled_at,
       case order_status when 'unavailable' then 'shop' when 'canceled' then 'unknown' end as cancelled_by,
       case order_status when 'unavailable' then 'sold_out' end as cancel_reason,
       'olist_orders_dataset.csv:' || o._line as source
from raw_orders o left join raw_customers c using (customer_id) left join baskets b using (order_id)
order by o._line, b.id;

create table lines as
select line_id as id, b.id as "order", s.product_id || ':' || s.seller_id as offer, '1' as quantity,
       s.price as unit_price, s.freight_value as freight, 'olist_order_items_dataset.csv:' || s._line as source
from sold s join baskets b using (order_id, seller_id) order by s._line;

create table parcels as
select id, id as "order", o.order_delivered_carrier_date as shipped_at, o.order_delivered_customer_date as signed_at,
       'olist_orders_dataset.csv:' || o._line as source
from raw_orders o join baskets b using (order_id)
where o.order_delivered_carrier_date is not null or o.order_delivered_customer_date is not null
order by o._line, b.id;

create table payments as
select p.order_id || ':' || split_part(p.payment_sequential, '.', 1) as id, p.order_id as checkout,
       p.payment_type as method, p.payment_value as amount,
       coalesce(o.order_approved_at, o.order_purchase_timestamp) as paid_at,
       'olist_order_payments_dataset.csv:' || p._line as source
from raw_order_payments p left join raw_orders o using (order_id) order by p._line;

create table reviews as
select r.review_id || ':' || r.order_id as id, s.line, r.review_score as stars,
       concat_ws(chr(10), r.review_comment_title, trim(r.review_comment_message, chr(13) || chr(10) || ' ')) as words,
       r.review_answer_timestamp as written_at, 'olist_order_reviews_dataset.csv:' || r._line as source
from raw_order_reviews r
     left join (select order_id, arg_min(line_id, _line) as line from sold group by order_id) s using (order_id)
order by r.review_answer_timestamp, r._line;
