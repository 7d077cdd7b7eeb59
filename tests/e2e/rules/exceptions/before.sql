CREATE TABLE signatures (id INTEGER PRIMARY KEY, title TEXT, document TEXT, photograph TEXT, ended_on TEXT,
  valid_until TEXT, agreed_until TEXT, opened_on TEXT, made_on TEXT, verified_on TEXT, given_on TEXT, withdrawn_on TEXT);
INSERT INTO signatures VALUES
  (1, 'Lease', 'A1', 'p1', '2025-01-31', '2027-06-30', NULL, '2024-01-01', '2024-01-01', '2024-01-05', NULL, NULL),
  (2, 'Loan', 'A2', 'p2', '2025-01-31', '2025-02-28', '2040-12-31', '2024-01-01', '2024-01-01', '2024-01-05', NULL, NULL),
  (3, 'Sale', 'A3', 'p3', NULL, NULL, NULL, '2024-01-01', '2024-01-01', '2024-01-05', NULL, '2025-03-01'),
  (4, 'Gift', 'A4', 'p4', NULL, NULL, NULL, NULL, '2020-01-01', NULL, NULL, NULL),
  (5, 'Deed', 'A5', 'p5', NULL, NULL, NULL, '2024-01-01', '2024-01-01', '2024-01-05', '2025-04-01', '2025-03-01'),
  (6, 'Will', 'A6', 'p6', '2025-01-31', '2025-02-28', NULL, '2024-01-01', '2024-01-01', '2024-01-05', NULL, NULL);
