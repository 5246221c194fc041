// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IDelegationManager, IStrategy, IStrategyManager} from "./EigenTypes.sol";

/// Who has deposited how many shares of which token strategy.
contract StrategyManager is IStrategyManager {
    using EnumerableSet for EnumerableSet.AddressSet;
    using SafeERC20 for IERC20;

    event Deposit(address staker, address strategy, uint256 shares);

    error OnlyDelegationManager();
    error SharesAmountTooHigh();
    error SlashResolutionDelayNotElapsed();

    /// Mainnet: 50,400 (ELIP-016).
    uint32 public constant SLASH_RESOLUTION_DELAY_BLOCKS = 5;

    IDelegationManager public immutable delegation;

    mapping(address staker => mapping(address strategy => uint256)) public stakerDepositShares;
    mapping(address strategy => mapping(address recipient => uint256)) public slashedShares;
    /// Simpler than the real one, which keeps a block for each slash: the latest slash holds all back.
    mapping(address strategy => mapping(address recipient => uint256)) internal _resolutionBlock;
    mapping(address staker => EnumerableSet.AddressSet) internal _strategiesOf;

    modifier onlyDelegation() {
        require(msg.sender == address(delegation), OnlyDelegationManager());
        _;
    }

    constructor(IDelegationManager delegation_) {
        delegation = delegation_;
    }

    function depositIntoStrategy(IStrategy strategy, IERC20 token, uint256 amount)
        external
        returns (uint256 shares)
    {
        token.safeTransferFrom(msg.sender, address(strategy), amount);
        shares = strategy.deposit(amount);
        uint256 previous = _add(msg.sender, address(strategy), shares);
        delegation.increaseDelegatedShares(msg.sender, address(strategy), previous, shares);
    }

    function addShares(address staker, address strategy, uint256 shares)
        external
        onlyDelegation
        returns (uint256 previous)
    {
        return _add(staker, strategy, shares);
    }

    function removeDepositShares(address staker, address strategy, uint256 shares)
        external
        onlyDelegation
        returns (uint256 left)
    {
        require(stakerDepositShares[staker][strategy] >= shares, SharesAmountTooHigh());
        left = stakerDepositShares[staker][strategy] - shares;
        stakerDepositShares[staker][strategy] = left;
        if (left == 0) _strategiesOf[staker].remove(strategy);
    }

    function withdrawSharesAsTokens(address staker, address strategy, uint256 shares) external onlyDelegation {
        IStrategy(strategy).withdraw(staker, shares);
    }

    /// Slashed tokens stay in the strategy until somebody clears them.
    function addSlashedShares(address strategy, uint256 shares, address recipient) external onlyDelegation {
        slashedShares[strategy][recipient] += shares;
        _resolutionBlock[strategy][recipient] = block.number + SLASH_RESOLUTION_DELAY_BLOCKS;
    }

    function clearSlashedShares(address strategy, address recipient) external {
        require(block.number > _resolutionBlock[strategy][recipient], SlashResolutionDelayNotElapsed());
        uint256 shares = slashedShares[strategy][recipient];
        slashedShares[strategy][recipient] = 0;
        IStrategy(strategy).withdraw(recipient, shares);
    }

    function getDeposits(address staker) external view returns (address[] memory strategies, uint256[] memory shares) {
        strategies = _strategiesOf[staker].values();
        shares = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; i++) {
            shares[i] = stakerDepositShares[staker][strategies[i]];
        }
    }

    function getStakerStrategyList(address staker) external view returns (address[] memory) {
        return _strategiesOf[staker].values();
    }

    function stakerStrategyListLength(address staker) external view returns (uint256) {
        return _strategiesOf[staker].length();
    }

    function _add(address staker, address strategy, uint256 shares) internal returns (uint256 previous) {
        previous = stakerDepositShares[staker][strategy];
        stakerDepositShares[staker][strategy] = previous + shares;
        _strategiesOf[staker].add(strategy);
        emit Deposit(staker, strategy, shares);
    }
}
