-- A town library. The same tables as in postgres.sql, in MySQL's and MariaDB's types.
CREATE TABLE Branch (
  BranchId smallint unsigned NOT NULL PRIMARY KEY,
  Name varchar(80) NOT NULL,
  City varchar(40) CHARACTER SET latin1,
  Opened date,
  IsOpen tinyint(1) NOT NULL
);
CREATE TABLE Publisher (
  PublisherId int NOT NULL PRIMARY KEY,
  Name varchar(120) NOT NULL,
  Website varchar(200)
);
CREATE TABLE Author (
  AuthorId int unsigned NOT NULL PRIMARY KEY,
  Name varchar(120) CHARACTER SET utf8mb4 NOT NULL,
  Born year,
  Notes text
);
CREATE TABLE `Größe` (
  Code char(4) NOT NULL PRIMARY KEY,
  `Höhe (mm)` decimal(6,1) NOT NULL
);
CREATE TABLE Book (
  Isbn char(13) NOT NULL PRIMARY KEY,
  Title varchar(200) NOT NULL,
  PublisherId int,
  `Format` char(4) NOT NULL,
  Pages mediumint unsigned NOT NULL,
  Price decimal(10,2),
  Weight double NOT NULL,
  Summary mediumtext,
  Cover mediumblob,
  FOREIGN KEY (PublisherId) REFERENCES Publisher (PublisherId),
  FOREIGN KEY (`Format`) REFERENCES `Größe` (Code)
);
CREATE TABLE `Book Author` (
  Isbn char(13) NOT NULL,
  AuthorId int unsigned NOT NULL,
  `order` tinyint NOT NULL,
  PRIMARY KEY (Isbn, AuthorId),
  FOREIGN KEY (Isbn) REFERENCES Book (Isbn),
  FOREIGN KEY (AuthorId) REFERENCES Author (AuthorId)
);
CREATE TABLE `book.tag` (
  Isbn char(13) NOT NULL,
  tag varchar(30) NOT NULL,
  PRIMARY KEY (tag, Isbn),
  FOREIGN KEY (Isbn) REFERENCES Book (Isbn)
);
CREATE TABLE Copy (
  CopyId bigint unsigned NOT NULL PRIMARY KEY,
  Isbn char(13) NOT NULL,
  BranchId smallint unsigned NOT NULL,
  Barcode varbinary(12) NOT NULL UNIQUE,
  FOREIGN KEY (Isbn) REFERENCES Book (Isbn),
  FOREIGN KEY (BranchId) REFERENCES Branch (BranchId)
);
CREATE TABLE Member (
  MemberId int NOT NULL PRIMARY KEY,
  Name varchar(120) NOT NULL,
  Email varchar(120) UNIQUE,
  RecommendedBy int,
  Joined datetime NOT NULL,
  Settings json,
  FOREIGN KEY (RecommendedBy) REFERENCES Member (MemberId)
);
CREATE TABLE Loan (
  LoanId bigint NOT NULL PRIMARY KEY,
  CopyId bigint unsigned NOT NULL,
  MemberId int NOT NULL,
  LentAt datetime(6) NOT NULL,
  `due?` date NOT NULL,
  ReturnedAt datetime(3),
  Fine decimal(6,2),
  FOREIGN KEY (CopyId) REFERENCES Copy (CopyId),
  FOREIGN KEY (MemberId) REFERENCES Member (MemberId)
);
CREATE TABLE `order` (
  OrderId int NOT NULL PRIMARY KEY,
  PublisherId int NOT NULL,
  `placed-on` date NOT NULL,
  FOREIGN KEY (PublisherId) REFERENCES Publisher (PublisherId)
);
CREATE TABLE `order-line` (
  OrderId int NOT NULL,
  `line` smallint NOT NULL,
  Isbn char(13) NOT NULL,
  `count` int NOT NULL,
  PRIMARY KEY (OrderId, `line`),
  FOREIGN KEY (OrderId) REFERENCES `order` (OrderId),
  FOREIGN KEY (Isbn) REFERENCES Book (Isbn)
);
CREATE TABLE door_log (
  BranchId smallint unsigned NOT NULL,
  At datetime NOT NULL,
  Way enum('in', 'out') NOT NULL,
  FOREIGN KEY (BranchId) REFERENCES Branch (BranchId)
);
