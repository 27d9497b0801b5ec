"""Which detail types belong to which account type. The first of each is the default of its type."""

CLASSIFICATION = {
    "Bank": "Asset",
    "Accounts Receivable": "Asset",
    "Other Current Asset": "Asset",
    "Fixed Asset": "Asset",
    "Other Asset": "Asset",
    "Accounts Payable": "Liability",
    "Credit Card": "Liability",
    "Other Current Liability": "Liability",
    "Long Term Liability": "Liability",
    "Equity": "Equity",
    "Income": "Revenue",
    "Other Income": "Revenue",
    "Cost of Goods Sold": "Expense",
    "Expense": "Expense",
    "Other Expense": "Expense",
}

_SUB_TYPES = {
    "Bank": "CashOnHand Checking MoneyMarket RentsHeldInTrust Savings TrustAccounts",
    "Accounts Receivable": "AccountsReceivable",
    "Other Current Asset": "EmployeeCashAdvances AllowanceForBadDebts DevelopmentCosts Inventory "
    "Investment_MortgageRealEstateLoans Investment_Other Investment_TaxExemptSecurities "
    "Investment_USGovernmentObligations LoansToOfficers LoansToOthers LoansToStockholders "
    "OtherCurrentAssets PrepaidExpenses Retainage UndepositedFunds",
    "Fixed Asset": "FurnitureAndFixtures AccumulatedAmortization AccumulatedDepletion AccumulatedDepreciation "
    "Buildings DepletableAssets FixedAssetComputers FixedAssetCopiers FixedAssetFurniture FixedAssetPhone "
    "FixedAssetPhotoVideo FixedAssetSoftware FixedAssetOtherToolsEquipment IntangibleAssets Land "
    "LeaseholdImprovements MachineryAndEquipment OtherFixedAssets Vehicles",
    "Other Asset": "SecurityDeposits AccumulatedAmortizationOfOtherAssets Goodwill LeaseBuyout Licenses "
    "OrganizationalCosts OtherLongTermAssets",
    "Accounts Payable": "AccountsPayable",
    "Credit Card": "CreditCard",
    "Other Current Liability": "OtherCurrentLiabilities DeferredRevenue DirectDepositPayable "
    "FederalIncomeTaxPayable GlobalTaxPayable GlobalTaxSuspense InsurancePayable LineOfCredit LoanPayable "
    "PayrollClearing PayrollTaxPayable PrepaidExpensesPayable RentsInTrustLiability SalesTaxPayable "
    "StateLocalIncomeTaxPayable TrustAccountsLiabilities UndistributedTips",
    "Long Term Liability": "NotesPayable OtherLongTermLiabilities ShareholderNotesPayable",
    "Equity": "OpeningBalanceEquity AccumulatedAdjustment CommonStock EstimatedTaxes Healthcare OwnersEquity "
    "PaidInCapitalOrSurplus PartnerContributions PartnerDistributions PartnersEquity PersonalExpense "
    "PersonalIncome PreferredStock RetainedEarnings TreasuryStock",
    "Income": "SalesOfProductIncome DiscountsRefundsGiven NonProfitIncome OtherPrimaryIncome ServiceFeeIncome "
    "UnappliedCashPaymentIncome",
    "Other Income": "InterestEarned DividendIncome OtherInvestmentIncome OtherMiscellaneousIncome TaxExemptInterest",
    "Cost of Goods Sold": "SuppliesMaterialsCogs CostOfLaborCos EquipmentRentalCos OtherCostsOfServiceCos "
    "ShippingFreightDeliveryCos",
    "Expense": "OfficeGeneralAdministrativeExpenses AdvertisingPromotional Auto BadDebts BankCharges "
    "CharitableContributions CommissionsAndFees CostOfLabor DuesSubscriptions Entertainment EntertainmentMeals "
    "EquipmentRental FinanceCosts GlobalTaxExpense Insurance InterestPaid LegalProfessionalFees "
    "OtherBusinessExpenses OtherMiscellaneousServiceCost PayrollExpenses PayrollTaxExpenses "
    "PayrollWageExpenses PromotionalMeals RentOrLeaseOfBuildings RepairMaintenance ShippingFreightDelivery "
    "SuppliesMaterials TaxesPaid Travel TravelMeals UnappliedCashBillPaymentExpense Utilities",
    "Other Expense": "OtherMiscellaneousExpense Amortization Depreciation ExchangeGainOrLoss GasAndFuel "
    "HomeOffice HomeownerRentalInsurance MortgageInterestHomeOffice OtherHomeOfficeExpenses "
    "OtherVehicleExpenses ParkingAndTolls PenaltiesSettlements PropertyTaxHomeOffice RentAndLeaseHomeOffice "
    "RepairsAndMaintainceHomeOffice UtilitiesHomeOffice VehicleInsurance VehicleLease VehicleLoan "
    "VehicleLoanInterest VehicleRegistration VehicleRepairs WashAndRoadServices",
}

SUB_TYPES = {type: tuple(names.split()) for type, names in _SUB_TYPES.items()}
TYPE_OF_SUB_TYPE = {name: type for type, names in SUB_TYPES.items() for name in names}

#: Accounts that QuickBooks itself posts to: they keep their type and stay active.
SPECIAL_SUB_TYPES = (
    "AccountsReceivable",
    "AccountsPayable",
    "UndepositedFunds",
    "RetainedEarnings",
    "OpeningBalanceEquity",
    "SalesTaxPayable",
)
