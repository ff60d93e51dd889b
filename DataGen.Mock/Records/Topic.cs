namespace DataGen.Mock.Records;

/// <summary>What records are about; decides what a bare "title", "category", "status" or "description" holds.</summary>
internal enum Topic
{
    General,
    Book,
    Product,
    Support,
    Medical,
    Sensor,
    Job,
    Banking,
    Recipe,
    Movie,
    Music,
    Travel,
    Restaurant,
    Property,
    Vehicle,
    Education,
    Event,
    Social,
    Article,
    Employee,
}
