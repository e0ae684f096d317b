"""What all papers that the system prints share: the layout of Decree 30/2020/NĐ-CP, and texts as data."""
